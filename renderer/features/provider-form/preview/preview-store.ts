import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { PreviewInput } from '#shared/provider-tools.ts'
import { call } from '../../../lib/api.ts'

/** The way to the preview; whether its panel is open is kept from one form to the next. */
export const usePreviews = defineStore('request preview', () => {
  const open = ref(false)
  const preview = (input: PreviewInput) => call('providers.preview', input)
  return { open, preview }
})
