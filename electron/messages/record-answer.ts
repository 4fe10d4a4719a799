import type { Attempt } from '#shared/attempt.ts'
import type { OutcomeFacts } from '#shared/outcome.ts'
import type { Vault } from '../secrets/vault.ts'
import { answerText } from '../sending/answer/answer-text.ts'
import type { ExchangeAnswer } from '../sending/exchange.ts'

const longestFact = 1000

/** Some gateways echo credentials in their answers; what is kept holds none. */
export function recordResponse(answer: ExchangeAnswer, vault: Vault): NonNullable<Attempt['response']> {
  const contentType = answer.headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
  return {
    status: answer.status,
    statusText: vault.redact(answer.statusText),
    headers: answer.headers.map(({ name, value }) => ({
      name: vault.redact(name),
      value: vault.redact(value),
    })),
    body: vault.redact(answerText(answer.body, contentType)),
    bytes: answer.body.length,
  }
}

/** Cut only once the secrets are out: a cut through one would leave a part of it. */
export function shortened(text: string): string {
  return text.length > longestFact ? `${text.slice(0, longestFact)}…` : text
}

export function redactFacts(facts: OutcomeFacts, vault: Vault): OutcomeFacts {
  const clean = (value: unknown): unknown =>
    typeof value === 'string'
      ? shortened(vault.redact(value))
      : Array.isArray(value)
        ? value.map(clean)
        : value
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, clean(value)]))
}
