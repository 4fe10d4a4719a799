import type { Vendor } from './entry.ts'
import { callbackIssues } from './callback-checks.ts'
import { commonAnswers } from './common-answers.ts'
import { at, repeated, unknown, type Issue } from './entry-issue.ts'

/** What a schema of shapes cannot see: names that lead nowhere. */
export function entryIssues(entry: Vendor): Issue[] {
  const fields = new Set(entry.fields.map(({ key }) => key))
  const apis = new Set(entry.apis.map(({ id }) => id))
  return [
    ...repeated(entry.fields.map(({ key }) => key)).map((key) => at(['fields'], `“${key}” is there twice.`)),
    ...repeated(entry.apis.map(({ id }) => id)).map((id) => at(['apis'], `“${id}” is there twice.`)),
    ...repeated(entry.codes.map(({ code }) => code.toLowerCase())).map((code) =>
      at(['codes'], `The code “${code}” is there twice.`),
    ),
    ...entry.fields.flatMap((field, index) => [
      ...unknown(field.apis ?? [], apis, ['fields', index, 'apis']),
      ...(field.pattern !== undefined && field.shape === undefined
        ? [at(['fields', index], 'A pattern needs its shape in words.')]
        : []),
    ]),
    ...entry.rules.flatMap((rule, index) => unknown(rule.fields, fields, ['rules', index])),
    ...entry.apis.flatMap((api, index) => [
      ...unknown(referencesIn(api), fields, ['apis', index, 'request']),
      ...endpointIssues(entry, api.request.endpoint, ['apis', index, 'request', 'endpoint']),
      ...answerIssues(api.simulated, ['apis', index, 'simulated']),
    ]),
    ...callbackIssues(entry),
    ...[...entry.codes, ...(entry.callbacks?.formats ?? []).flatMap(({ codes }) => codes)].flatMap(
      ({ code, cause, next }) =>
        !cause || !next ? [at(['codes'], `The code “${code}” needs words for cause and next step.`)] : [],
    ),
  ]
}

function answerIssues(
  { answers, checks, acceptedWith, magic, reads }: Vendor['apis'][number]['simulated'],
  path: Issue['path'],
): Issue[] {
  const known = new Set(Object.keys(answers))
  const named = [
    ...commonAnswers,
    ...checks.map(({ answer }) => answer),
    ...acceptedWith.map(({ answer }) => answer),
    ...magic.map(({ answer }) => answer),
  ]
  const beyond = reads.flatMap((read) => read.checks).filter((index) => index >= checks.length)
  return [
    ...unknown(new Set(named), known, path),
    ...beyond.map((index) => at(path, `There is no check ${index}.`)),
  ]
}

/**
 * An address is never left out, so all in it has to be there. What stands in a host stands there as it was typed: its
 * shape has to keep it from leading elsewhere.
 */
function endpointIssues({ fields }: Vendor, endpoint: string, path: Issue['path']): Issue[] {
  const host = /^https?:\/\/(?:\{\{[^}]*\}\}|[^/?#])*/i.exec(endpoint)?.[0] ?? ''
  const find = (key: string) => fields.find((one) => one.key === key)
  const loose = [...referencesIn(host)].filter((key) => {
    const field = find(key)
    return field && (field.secret || (field.choices ?? field.pattern) === undefined)
  })
  const optional = listsIn(endpoint).filter((keys) => keys.every((key) => find(key)?.required === false))
  return [
    ...loose.map((key) =>
      at(path, `“${key}” stands in the host, so it needs a pattern or choices, and is no secret.`),
    ),
    ...optional.map((keys) =>
      at(path, `“${keys.join('|')}” stands in the address, so it has to be required.`),
    ),
  ]
}

/** The keys of each reference in a text: the first that is not empty counts. */
function listsIn(text: string): string[][] {
  return [...text.matchAll(/\{\{(?:field|secret):([A-Za-z0-9|]+)\}\}/g)].map(
    ([, keys]) => keys?.split('|') ?? [],
  )
}

/** The fields that an API's texts refer to, secret or not. */
export function referencesIn(value: unknown): Set<string> {
  const found = new Set<string>()
  const text = JSON.stringify(value)
  for (const key of listsIn(text).flat()) found.add(key)
  for (const [, key] of text.matchAll(/\{"\$(?:number|boolean)":"([A-Za-z0-9]+)"\}/g)) if (key) found.add(key)
  return found
}
