import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillProvider, openPage, type Opened } from '../helpers/page.ts'
import { reply, startRawServer, type RawServer } from '../helpers/raw-server.ts'

let opened: Opened
let server: RawServer

beforeAll(async () => {
  server = await startRawServer({
    onRequest: (socket) => void socket.end(reply('200 OK', '{"id":"1"}', ['Content-Type: application/json'])),
  })
  opened = await openPage()
  await fillProvider(opened.page, 'Gateway', `http://127.0.0.1:${server.port}/send`, 'token')
  await opened.page.getByRole('button', { name: 'Send Test SMS' }).last().click()
})
afterAll(async () => {
  await opened.close()
  await server.close()
})

const part = () => opened.page.getByRole('region', { name: 'Send Test SMS' })
const to = () => part().getByLabel('To', { exact: true })
const text = () => part().getByLabel('Text', { exact: true })
const hints = () => part().getByRole('group', { name: 'Characters that force Unicode' })

test('smart quotes are told, replaced, and put back by undo', async () => {
  const typed = `“Don’t” ${'a'.repeat(70)}`
  await text().fill(typed)
  await part().getByText('2 segments', { exact: true }).waitFor()
  await hints().getByText('3 characters force Unicode').waitFor()
  await hints().getByText('Plain forms would make it 1 segment instead of 2.').waitFor()
  await hints().getByText('right single quotation mark').waitFor()

  await hints().getByRole('button', { name: 'Replace right single quotation mark' }).click()
  expect(await text().inputValue()).toBe(typed.replace('’', "'"))
  await hints().getByRole('button', { name: 'Replace all 2' }).click()
  expect(await text().inputValue()).toBe(`"Don't" ${'a'.repeat(70)}`)
  await part().getByText('GSM-7').waitFor()
  await part().getByText('78 of 160 used').waitFor()

  await part().getByRole('button', { name: 'Undo' }).click()
  expect(await text().inputValue()).toBe(typed.replace('’', "'"))
  await hints().getByText('2 characters force Unicode').waitFor()
})

test('the box’s own undo knows of a replacement', async () => {
  await text().fill('')
  await text().pressSequentially('1 – 2')
  await hints().getByRole('button', { name: 'Replace 1 character' }).click()
  expect(await text().inputValue()).toBe('1 - 2')
  await text().press('Control+z')
  expect(await text().inputValue()).toBe('1 – 2')
  await hints().waitFor()
})

test('a character in the list is shown in the text, one after the other', async () => {
  await text().fill('a’b’c')
  const selected = () => text().evaluate((box: HTMLTextAreaElement) => [box.selectionStart, box.selectionEnd])
  const show = hints().getByRole('button', { name: '“’” (U+2019)' })
  await show.click()
  expect(await selected()).toEqual([1, 2])
  await show.click()
  expect(await selected()).toEqual([3, 4])
})

test('what cannot be written plainly is said, and what counts two', async () => {
  await text().fill('Привет 😀 — “да”')
  await hints().getByText('because of Cyrillic, emoji').waitFor()
  expect(
    await hints()
      .getByRole('button', { name: /^Replace (all|\d)/ })
      .count(),
  ).toBe(0)
  await text().fill('{a} €5')
  await part().getByText('9 of 160 used').waitFor()
  await part().getByText('3 count two each: { } €').waitFor()
})

test('the segments of a long text can be read one by one', async () => {
  await text().fill(`${'a'.repeat(152)}€${'b'.repeat(10)}`)
  await part().getByText('Where the 2 segments part').click()
  const segments = part().getByRole('listitem').filter({ hasText: '/153' })
  expect(await segments.count()).toBe(2)
  expect(await segments.nth(0).innerText()).toContain('152/153')
  expect(await segments.nth(1).innerText()).toContain('€bbbbbbbbbb')
})

test('counts are spoken once typing rests', async () => {
  await text().fill('Hello')
  await part().getByRole('status').filter({ hasText: '1 segment, 155 characters left' }).waitFor()
})

test('a number is checked while it is typed, and never rewritten', async () => {
  await to().fill('')
  await to().pressSequentially('+44 7400 12')
  await part().getByText('United Kingdom: 4 digits to go, as in +44 7400 123456').waitFor()
  await to().press('ArrowLeft')
  await to().press('ArrowLeft')
  await to().press('q')
  expect(await to().inputValue()).toBe('+44 7400 q12')
  await part().getByText('Digits only: take out “q”.').waitFor()
  expect(await to().getAttribute('aria-invalid')).toBe('true')
  await to().fill('+44 7400 12')
  await to().press('Tab')
  await part().getByText('Too short: at least 1 digit missing.').waitFor()
  await to().fill('+1 415 555 0123 x9')
  await part().getByText('A text message cannot reach an extension').waitFor()
})

test('an odd number is read, shown as E.164 and sent so', async () => {
  await text().fill('Hello')
  await to().fill('Tel.: 00 44\u00a0(0)\u200b7400–123456')
  await part().getByText('+447400123456, United Kingdom').waitFor()
  expect(await part().getByRole('combobox', { name: 'Country' }).inputValue()).toBe('GB +44')
  await part().getByRole('button', { name: 'Send', exact: true }).click()
  await opened.page.getByRole('region', { name: 'Result' }).waitFor()
  expect(server.received.join('')).toContain('to=%2B447400123456')
})

test('a country is found by what it is called, by its code and by its calling code', async () => {
  const country = part().getByRole('combobox', { name: 'Country' })
  const first = part().getByRole('listbox', { name: 'Country' }).getByRole('option').first()
  for (const [typed, found] of [
    ['uk', 'United Kingdom'],
    ['IN', 'India'],
    ['49', 'Germany'],
    ['+353', 'Ireland'],
    ['cote', 'Côte d’Ivoire'],
    ['ivory', 'Côte d’Ivoire'],
  ] as const) {
    await country.fill(typed)
    expect(await first.innerText()).toContain(found)
  }
  await country.press('Enter')
  await to().fill('0707123456')
  await part().getByText('+2250707123456, Côte d’Ivoire').waitFor()
  expect(opened.complaints).toEqual([])
})
