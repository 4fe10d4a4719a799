import type { ProviderForm } from '../form-state.ts'

/** What a value of an answer can be read as. */
export type AnswerUse = 'messageId' | 'errorCode' | 'errorText' | 'success'

export const answerUses: { key: AnswerUse; label: string }[] = [
  { key: 'messageId', label: 'Use as message id' },
  { key: 'errorCode', label: 'Use as error code' },
  { key: 'errorText', label: 'Use as error text' },
  { key: 'success', label: 'Use as success value' },
]

/** Writes a value's path into the fields for that use. */
export function applyUse(
  form: ProviderForm,
  use: AnswerUse,
  { path, value }: { path: string; value: string },
): void {
  if (use !== 'success') {
    form.reading[use] = path
    return
  }
  // Further values belong to the path that they were written for.
  const or = path === form.body.path ? form.body.or.filter((one) => one !== value) : []
  form.body = { ...form.body, kind: path.startsWith('/') ? 'xml' : 'json', path, equals: value, or }
}
