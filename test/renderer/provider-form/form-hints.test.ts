import { expect, test } from 'vitest'
import { hintsFor } from '../../../renderer/features/provider-form/form-hints.ts'
import { settingsWith } from '../../helpers/settings.ts'

const hintsOfBody = (text: string, contentType = 'application/json') =>
  hintsFor(settingsWith({ parameters: { kind: 'raw', contentType, text } }))

test('a JSON body is read with its placeholders and secrets filled in, quoted or bare', () => {
  expect(hintsOfBody('{"to": "$$To", "text": $$Body, "ttl": $$ttl, "key": "{{secret:key}}"}')).toEqual([])
  expect(hintsOfBody('{"to": "$$To", "text": $$Body,, }')).toEqual([
    'The body is not valid JSON: a comma, quote or bracket is missing or too many.',
  ])
  expect(hintsOfBody('to=$$To, text=$$Body', 'text/plain')).toEqual([])
})
