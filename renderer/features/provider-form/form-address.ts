import type { ProviderFormContext } from './use-provider-form.ts'

/** The address that a form belongs to: the saved provider's own, or that of a new one of its kind. */
export function addressOf({ form, saved }: Pick<ProviderFormContext, 'form' | 'saved'>): string {
  return saved.value ? `/providers/${form.id}` : `/providers/new/${form.kind}`
}
