import { expect, test } from 'vitest'
import { importCurl } from '#shared/curl/import-curl.ts'

const whyOf = (command: string, what: string) =>
  importCurl(command).notes.find((note) => note.what === what)?.why

test('where nothing can be chosen, what was not found is to be put into the form', () => {
  const command = 'curl https://api.example.com/send'
  expect(importCurl(command).choices).toEqual([])
  expect(whyOf(command, '$$To')).toBe(
    'No number was found in the command. After Continue, put $$To where it belongs.',
  )
  expect(whyOf(command, '$$Body')).toBe(
    'No text was found in the command. After Continue, put $$Body where it belongs.',
  )
})

test('where there are values, what was not found is picked under Choose', () => {
  const why =
    'No number was found in the command. Pick it under Choose, or after Continue put $$To where it belongs.'
  expect(whyOf('curl https://api.example.com/send -d a=1 -d b=x', '$$To')).toBe(why)
})

test('the words of a page around the command are one remark', () => {
  const { notes } = importCurl(
    'Quickstart guide\nDon\'t share your key.\n# Send\ncurl https://api.example.com/send -d to=%2B447700900123 -d text=Hi\n\nResponse:\n{\n  "id": 1\n}',
  )
  expect(notes.map(({ what, why }) => `${what} ${why}`)).toEqual([
    '6 lines around the command were left out.',
  ])
})
