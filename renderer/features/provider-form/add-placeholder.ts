import { newRow, type ProviderForm } from './form-state.ts'
import { formatJson } from '../../lib/format-json.ts'
import { bodyProblem, kindOfBody } from './raw/body-problem.ts'

const names = { To: 'to', Body: 'text', CallbackURL: 'callback_url' }

/** Puts a placeholder where the request's parameters are, under a name that vendors commonly use. */
export function addPlaceholder({ parameters }: ProviderForm, placeholder: keyof typeof names): void {
  const value = `$$${placeholder}`
  if (parameters.kind === 'raw') {
    parameters.text = withPlaceholder(parameters.text, parameters.contentType, placeholder)
    return
  }
  // A row that was only named, or emptied, is where it was meant to stand.
  const waiting = parameters.rows.find(
    (row) => row.value === '' && row.name.toLowerCase() === names[placeholder],
  )
  if (waiting) waiting.value = value
  else parameters.rows.push(newRow({ name: names[placeholder], value, enabled: true }))
}

export function withPlaceholder(text: string, contentType: string, placeholder: keyof typeof names): string {
  const kind = kindOfBody(contentType)
  const member = `"${names[placeholder]}": "$$${placeholder}"`
  if (kind === 'json' && text.trim() === '') return `{\n  ${member}\n}`
  const object = /^(\s*\{)(\s*)([^]*?)(\s*\})(\s*)$/.exec(text)
  if (kind === 'json' && object && bodyProblem(text, kind) === null) {
    const [, open = '', , inner = '', close = '', after = ''] = object
    return formatJson(`${open}${inner}${inner === '' ? '' : ','}${member}${close}`) + after
  }
  const end = text === '' || text.endsWith('\n') ? '' : '\n'
  return `${text}${end}$$${placeholder}`
}
