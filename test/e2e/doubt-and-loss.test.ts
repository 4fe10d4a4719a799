import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHttpServer, type HttpServer } from '../helpers/http-server.ts'
import { openPage, sendFromForm, type Opened } from '../helpers/page.ts'
import { startHeadless, type Headless } from '../helpers/start-headless.ts'

let opened: Opened
let running: Headless
let gateway: HttpServer
beforeAll(async () => {
  gateway = await startHttpServer(() => ({
    headers: { 'content-type': 'application/json' },
    body: '{"status":"error","message":"No credit"}',
  }))
  opened = await openPage()
  running = opened.host
})
afterAll(async () => {
  await running.stop()
  await opened.close()
  await gateway.close()
})

test('an answer that was accepted for its status alone is doubted where its body names an error', async () => {
  const { page } = opened
  await page.goto(`${running.origin}/providers/new/generic`)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Gateway')
  await page.getByRole('textbox', { name: 'Endpoint', exact: true }).fill(`http://127.0.0.1:${gateway.port}/`)
  await sendFromForm(page, '+14155550123')
  const result = page.getByRole('region', { name: 'Result' })
  await result.getByText('The provider accepted the message').waitFor()
  await result.getByText('Only the status was checked. The body says “status”: error.').waitFor()
})

test('a form outlives its host: what it said of the lost connection goes when the host is back', async () => {
  const { page } = opened
  await page.getByRole('textbox', { name: 'From', exact: true }).fill('ACME')
  await running.stop('SIGKILL')
  const form = page.getByRole('region', { name: 'Settings' })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await form.getByText('The workbench does not answer').waitFor()
  running = await startHeadless({ folder: running.folder, port: running.port })
  await form.getByText('The workbench does not answer').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Provider saved').waitFor()
  const list = await running.call('providers.list')
  expect(list.ok && list.value.map(({ name }) => name)).toEqual(['Gateway'])
})
