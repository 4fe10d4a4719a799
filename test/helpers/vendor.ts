import { randomUUID } from 'node:crypto'
import { commonAnswers } from '#shared/catalogue/common-answers.ts'
import type { ProviderInput } from '#shared/provider.ts'
import { settingsWith } from './settings.ts'

const answer = (status: number, body: object) => ({ status, body, words: `Answers ${status}` })

const simulated = {
  paths: ['/accounts/:account/send'],
  methods: ['POST'],
  takes: ['json', 'form'],
  id: { kind: 'hex', length: 8 },
  to: ['body.to'],
  checks: [{ at: 'header.authorization', need: 'present', answer: 'unauthorized', words: 'No token' }],
  answers: Object.fromEntries(
    commonAnswers.map((name) => [name, answer(name === 'accepted' ? 200 : 400, { id: '{{id}}' })]),
  ),
  rate: null,
}

const rules = {
  success: { statusFrom: 200, statusTo: 299, body: { kind: 'json', path: 'id', equals: '' } },
  reading: { messageId: 'id', errorCode: 'code', errorText: 'message' },
}

const field = (key: string, more: object = {}) => ({
  key,
  label: key[0]?.toUpperCase() + key.slice(1),
  section: 'account',
  help: `What ${key} is.`,
  ...more,
})

/** A file of the catalogue with one of each: fields of all kinds, two APIs, secrets that its request takes and one that it does not. */
export const acme = {
  id: 'acme',
  version: 1,
  name: 'Acme',
  initials: 'Ac',
  colour: '#225588',
  needs: 'An account and a token',
  confidence: 'high',
  documentation: 'https://acme.example/docs',
  sources: ['made up'],
  fields: [
    field('account', { required: true, pattern: '^[A-Z]{2}\\d{4}$', shape: 'two letters and four digits' }),
    field('region', {
      required: true,
      choices: ['eu', 'us'].map((value) => ({ value, label: value })),
      default: 'eu',
    }),
    field('token', { required: true, secret: true, clean: 'token' }),
    field('sub', { secret: true, clean: 'token' }),
    field('hookKey', { secret: true }),
    field('sender'),
    field('ttl', { pattern: '^\\d{1,5}$', shape: 'a whole number', apis: ['json'] }),
    field('flash', { apis: ['json'] }),
    field('template', { placeholders: true }),
    field('note', { apis: ['form'] }),
  ],
  rules: [{ kind: 'together', fields: ['sender', 'template'], words: 'A sender takes a template.' }],
  apis: [
    {
      id: 'json',
      label: 'JSON',
      request: {
        method: 'POST',
        endpoint: 'https://{{field:region}}.acme.example/accounts/{{field:account}}/send?v=1',
        auth: { kind: 'bearer', token: '{{secret:token}}' },
        headers: [{ name: 'X-Sub', value: '{{secret:sub}}' }],
        body: {
          kind: 'json',
          value: {
            to: '$$To',
            text: '$$Body',
            from: '{{field:sender}}',
            ttl: { $number: 'ttl' },
            flash: { $boolean: 'flash' },
            tags: [{ template: '{{field:template}}' }],
            extra: { deep: { note: '{{field:sender}}' } },
          },
        },
      },
      from: '{{field:sender}}',
      numberFormat: 'e164',
      ...rules,
      simulated,
    },
    {
      id: 'form',
      label: 'Form',
      request: {
        method: 'POST',
        endpoint: 'https://eu.acme.example/accounts/{{field:account}}/send',
        auth: { kind: 'basic', username: '{{field:account}}', password: '{{secret:token}}' },
        body: {
          kind: 'form',
          rows: [
            { name: 'to', value: '$$To' },
            { name: 'text', value: '$$Body' },
            { name: 'from', value: '{{field:sender}}' },
            { name: 'note', value: '{{field:note}}' },
            { name: 'template', value: '{{field:template}}' },
          ],
        },
      },
      numberFormat: 'digits',
      ...rules,
      reading: { ...rules.reading, messageId: 'message.id' },
      simulated,
    },
  ],
  codes: [{ code: '7', class: 'rejected', cause: 'The number is bad.', next: 'Mend the number.' }],
  callbacks: null,
}

/** Files as the catalogue is given them, by the vendors' ids. */
export const vendorFiles = (...files: { id: string; [part: string]: unknown }[]) =>
  Object.fromEntries(files.map((file) => [`/catalogue/${file.id}.json`, () => Promise.resolve(file)]))

/** Acme with both APIs at a server of the test's own. */
export function acmeAt(origin: string) {
  const apis = acme.apis.map((api) => ({
    ...api,
    request: { ...api.request, endpoint: `${origin}/accounts/{{field:account}}/send` },
  }))
  return { ...acme, apis }
}

/** A provider of Acme's, as the form would save it. */
export function acmeInput(
  fields: Record<string, string> = {},
  {
    vendor,
    ...more
  }: Omit<Partial<ProviderInput>, 'vendor'> & { vendor?: Partial<NonNullable<ProviderInput['vendor']>> } = {},
): ProviderInput {
  const { success, reading } = rules
  return {
    id: randomUUID(),
    name: `Acme ${randomUUID().slice(0, 8)}`,
    kind: 'acme',
    settings: settingsWith({
      success: success as ProviderInput['settings']['success'],
      reading,
      codes: acme.codes as ProviderInput['settings']['codes'],
    }),
    vendor: { api: 'json', fields: { account: 'AC1234', ...fields }, simulated: false, ...vendor },
    secrets: { token: 'the-token-of-acme' },
    ...more,
  }
}
