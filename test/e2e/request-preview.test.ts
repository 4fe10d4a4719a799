import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillProvider, openPage, sendFromForm, type Opened } from '../helpers/page.ts'
import { reply, startRawServer, type RawServer } from '../helpers/raw-server.ts'

let opened: Opened
let server: RawServer
beforeAll(async () => {
  opened = await openPage()
  server = await startRawServer({ onRequest: (socket) => socket.end(reply('200 OK', '{}')) })
  await fillProvider(opened.page, 'Preview', `http://127.0.0.1:${server.port}/send?x=$$code`, 'hush-token')
})
afterAll(async () => {
  await opened.close()
  await server.close()
})

const preview = () => opened.page.getByRole('region', { name: 'Request preview' })
const value = (name: string) => opened.page.getByRole('textbox', { name, exact: true })

test('closed, its line says where the request goes; what is missing is shown by its name', async () => {
  const bar = preview().getByRole('button', { name: 'Request preview' })
  await bar.getByText(`POST http://127.0.0.1:${server.port}/send?x=`).waitFor()
  expect(await bar.innerText()).toContain('code')
  await bar.click()
  await preview().getByLabel('Preview headers').getByText('application/x-www-form-urlencoded').waitFor()
})

test('it follows what is typed, with secrets masked until they are revealed', async () => {
  await value('Parameter 1 value').fill('$$To & more')
  await preview().getByText('+%26+more').waitFor()
  expect(await preview().innerText()).toContain('•••• token')
  expect(await preview().innerText()).not.toContain('hush-token')
  await preview().getByRole('button', { name: 'Reveal secrets' }).click()
  await preview().getByText('Bearer hush-token').waitFor()
  await preview().getByRole('button', { name: 'Hide secrets' }).click()
  await preview().getByText('•••• token').waitFor()
  expect(await preview().innerText()).not.toContain('hush-token')
})

test('what cannot be built is said, and the last good request stays, greyed', async () => {
  const address = await value('Endpoint').inputValue()
  await value('Endpoint').fill('nowhere')
  await preview().getByText('Out of date').waitFor()
  await preview().getByText('+%26+more').waitFor()
  await value('Endpoint').fill(address)
  await preview().getByText('Out of date').waitFor({ state: 'detached' })
  await value('Parameter 2 name').fill('')
  await value('Parameter 2 value').fill('')
  await value('Endpoint').fill('')
  await preview().getByText('waits for an endpoint').waitFor()
  await value('Endpoint').fill(address)
  await preview().getByText('+%26+more').waitFor()
  await value('Parameter 2 name').fill('text')
})

test('a custom value is asked for, and the preview is what the server then receives', async () => {
  const { page } = opened
  await value('Parameter 2 value').fill('$$Body $$TemplateID')
  await sendFromForm(page, '+15005550006')
  const panel = page.getByRole('region', { name: 'Send Test SMS' })
  await panel.getByText('Enter a value for $$code.').waitFor()
  await panel.getByLabel('$$TemplateID (optional)').fill('T 1')
  await panel.getByLabel('$$code').fill('4/7 ü')
  await preview().getByText('x=4%2F7%20%C3%BC').waitFor()
  await preview().getByText('Workbench+T+1').waitFor()
  const shown = await preview().getByRole('group', { name: 'Preview body' }).innerText()
  const headers = await preview()
    .getByLabel('Preview headers')
    .evaluate((list) =>
      [...list.children].map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    )

  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('region', { name: 'Result' }).waitFor()
  const received = server.received.at(-1) ?? ''
  const [head = '', body = ''] = received.split('\r\n\r\n')
  expect(body).toBe(shown)
  expect(body).toContain('to=%2B15005550006+%26+more')
  expect(head.split('\r\n')[0]).toBe('POST /send?x=4%2F7%20%C3%BC HTTP/1.1')
  const sent = new Map(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => {
        const at = line.indexOf(': ')
        return [line.slice(0, at).toLowerCase(), line.slice(at + 2)]
      }),
  )
  for (const [name = '', shownValue = ''] of headers) {
    const expected = shownValue.trim().replace('•••• token', 'hush-token')
    expect([name, sent.get(name.toLowerCase())]).toEqual([name, expected])
  }
  expect(headers.map(([name]) => name)).toEqual(expect.arrayContaining(['Authorization', 'Content-Type']))
})

test('values survive closing the panel, and come back for a saved provider as the last message’s', async () => {
  const { page } = opened
  const panel = page.getByRole('region', { name: 'Send Test SMS' })
  await panel.getByLabel('$$code').fill('typed, not sent')
  await panel.getByRole('button', { name: 'Close Send Test SMS' }).click()
  await page.getByRole('button', { name: 'Send Test SMS' }).last().click()
  expect(await panel.getByLabel('$$code').inputValue()).toBe('typed, not sent')
  expect(await panel.getByLabel('To', { exact: true }).inputValue()).toBe('+15005550006')

  await page.getByRole('button', { name: 'Save', exact: true }).click()
  // The word comes just before the new provider's address, which the reload needs.
  await page.waitForURL(/\/providers\/[0-9a-f-]{36}$/)
  await page.reload()
  // Until the form is there, the only button of that name is the top bar's, which opens another panel.
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Send Test SMS' }).last().click()
  await panel.getByText('As in the last message').first().waitFor()
  expect(await panel.getByLabel('$$code').inputValue()).toBe('4/7 ü')
})
