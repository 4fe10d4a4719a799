import { plainReply, replying, type Decision } from './decision.ts'

/** What somebody else decided for a request below `/bundle`, and whom its message is to. */
export interface Scripted {
  to: string
  from: string
  text: string
  decision: Decision
}

/** What is answered below `/bundle/<id>/<place>`; null: there is no such bundle, or no such place in it. */
export type AnswerScripted = (id: string, place: number) => Scripted | null

const path =
  /^\/bundle\/(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(?<place>token|\d{1,3})(?:[/?]|$)/

/** A token for whoever asks; else what the bundle's script says. */
export function scriptedAt(url: string, answer: AnswerScripted): Scripted | null | 'token' {
  const { id = '', place = '' } = path.exec(url)?.groups ?? {}
  if (place === 'token') return 'token'
  return place === '' ? null : answer(id, Number(place))
}

export const tokenAnswer: Decision = replying(
  {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ access_token: 'token-of-a-bundle', token_type: 'Bearer', expires_in: 3600 }),
  },
  'An access token',
  false,
)

const nothingThere = 'No bundle answers here: it was removed, or belongs to another workspace'
export const noBundle: Decision = replying(plainReply(404, nothingThere), nothingThere, false)
