import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { compileRequest, emptyChoice, presetMapping } from '#shared/catalogue/compile.ts'
import { vendorSchema, type Vendor } from '#shared/catalogue/entry.ts'
import { writeNumber } from '#shared/phone.ts'
import { emptySettings } from '#shared/settings.ts'
import { classifyAnswer } from '../../electron/sending/answer/classify-answer.ts'
import { renderRequest } from '../../electron/sending/render/render.ts'

const folder = resolve(import.meta.dirname, '../../resources/catalogue')

export function vendor(id: string): Vendor {
  return vendorSchema.parse(JSON.parse(readFileSync(resolve(folder, `${id}.json`), 'utf8')))
}

export interface Typed {
  api?: string
  fields: Record<string, string>
  secrets: Record<string, string>
  to?: string
  text?: string
  /** Further values of placeholders, such as `TemplateID`. */
  values?: Record<string, string>
}

export const messageId = '11111111-2222-4333-8444-555555555555'

/** The request of a vendor as it would go out. `authorization` and the vendor's own headers are among `headers`. */
export function vendorRequest(id: string, { api, fields, secrets, to, text, values }: Typed) {
  const entry = vendor(id)
  const choice = { ...emptyChoice(entry), api: api ?? '' }
  choice.fields = { ...choice.fields, ...fields }
  const isSet = (key: string) => key in secrets
  const request = compileRequest(entry, choice, { simulator: 'http://127.0.0.1:8026', hasSecret: isSet })
  const body = text ?? 'Hi'
  const rendered = renderRequest(request, {
    values: {
      To: writeNumber(to ?? '+15550002222', request.numberFormat),
      Body: body,
      From: request.from,
      MessageID: messageId,
      TemplateID: '',
      TemplateVariables: '',
      CampaignID: '',
      CallbackURL: '',
      ...values,
    },
    secretValue: (name) => secrets[name] ?? `no ${name}`,
    userAgent: 'test',
  })
  return {
    method: rendered.method,
    url: rendered.url.origin + rendered.path,
    headers: Object.fromEntries(rendered.headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: rendered.body,
  }
}

/** What the preset makes of an answer of the vendor's. */
export function vendorOutcome(id: string, status: number, body: unknown, api = '') {
  const entry = vendor(id)
  const rules = { ...emptySettings(), ...presetMapping(entry, { api }) }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const contentType = typeof body === 'string' ? 'text/plain' : 'application/json'
  const { outcome, judgement } = classifyAnswer(rules, null, {
    status,
    statusText: '',
    headers: [{ name: 'content-type', value: contentType }],
    body: Buffer.from(text),
  })
  return { class: outcome.class, code: outcome.facts.errorCode, id: judgement.messageId }
}
