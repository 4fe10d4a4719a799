import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { providerInput } from '../helpers/messages.ts'
import { fillProvider, openPage, startSimulator, type Opened } from '../helpers/page.ts'

let opened: Opened
beforeAll(async () => {
  opened = await openPage()
})
afterAll(() => opened.close())

// Signs that every way of writing it changes, so that each form is looked for by itself.
const canaries = ['canary "one" & <é> 1', 'canary+two/ö=2', 'canary:three%\\3']

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  // Inside a longer text base64 starts at any of three offsets, and its edges depend on the neighbours.
  const inner = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '')
      .slice(4, -2),
  )
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return [
    secret,
    html,
    html.replaceAll('"', '&quot;'),
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ a: secret }).toString().slice(2),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    ...inner,
  ]
}

/** All that the page holds: every store's state, what is shown, what stands in fields, and what the browser keeps. */
async function heldBy(page: Page): Promise<Record<string, string>> {
  // Vue leaves the application on the element that it is mounted on.
  const stores = await page.evaluate<string>(
    `JSON.stringify(document.querySelector('#app').__vue_app__.config.globalProperties.$pinia.state.value)`,
  )
  const fields = await page.evaluate<string>(
    `[...document.querySelectorAll('input, textarea')].map(({ value }) => value).join('\\n')`,
  )
  const kept = await page.evaluate<string>(
    `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, location.href])`,
  )
  return { stores, fields, kept, content: await page.content() }
}

async function found(page: Page): Promise<string[]> {
  const held = Object.entries(await heldBy(page))
  return canaries.flatMap((secret) =>
    held
      .filter(([, text]) => formsOf(secret).some((form) => text.includes(form)))
      .map(([where]) => `${secret} in ${where}`),
  )
}

test('typed secrets stand in their fields until they are saved, and nowhere after', async () => {
  const { page, host } = opened
  await fillProvider(page, 'Canaries', await startSimulator(host), canaries[0])
  expect(await found(page)).toContain(`${canaries[0]} in fields`)
  await page.keyboard.press('Control+s')
  await page.getByText('Provider saved').waitFor()
  expect(await found(page)).toEqual([])
  await page.reload()
  await page.getByRole('dialog', { name: 'Canaries' }).getByRole('region', { name: 'Settings' }).waitFor()
  expect(await found(page)).toEqual([])
})

test('secrets in every part of a request are nowhere on the pages that show it', async () => {
  const { page, host } = opened
  const endpoint = await startSimulator(host)
  const input = providerInput(
    {
      endpoint,
      auth: { kind: 'basic', username: 'ann', password: '{{secret:password}}' },
      headers: [{ name: 'X-Key', value: '{{secret:key}}', enabled: true }],
      parameters: {
        kind: 'form',
        rows: [
          { name: 'to', value: '$$To', enabled: true },
          { name: 'text', value: '$$Body', enabled: true },
          { name: 'token', value: '{{secret:token}}', enabled: true },
        ],
      },
    },
    { name: 'Everywhere' },
  )
  const [password, key, token] = canaries
  const saved = await host.call('providers.save', {
    ...input,
    secrets: { password: password!, key: key!, token: token! },
  })
  expect(saved.ok).toBe(true)
  await page.goto(`${host.origin}/providers/${input.id}`)
  await page.getByRole('dialog', { name: 'Everywhere' }).getByRole('region', { name: 'Settings' }).waitFor()
  expect(await found(page)).toEqual([])

  await page.getByRole('button', { name: 'Send Test SMS' }).last().click()
  const part = page.getByRole('region', { name: 'Send Test SMS' })
  await part.getByLabel('To', { exact: true }).fill('+15005550006')
  await part.getByRole('button', { name: 'Send', exact: true }).click()
  await part.getByText('The provider refused the credentials').first().waitFor()
  expect((await heldBy(page))['stores']).toContain('Everywhere')
  expect(await found(page)).toEqual([])
  await page.goto(`${host.origin}/providers`)
  await page.getByRole('row', { name: /Everywhere/ }).waitFor()
  expect(await found(page)).toEqual([])
})

test('how long data is kept is set, with a word at the field, and what takes the room is told', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/settings`)
  const days = page.getByLabel('Days that messages and callbacks are kept')
  const block = page.getByRole('region', { name: 'Data' })
  await days.fill('0')
  await block.getByRole('button', { name: 'Save' }).click()
  await block.getByText('Write a number from 1 to 3650, or nothing.').waitFor()
  await days.fill('90')
  await block.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved').waitFor()
  expect(await host.call('data.retention')).toMatchObject({
    value: { retention: { contentDays: null, messageDays: 90 } },
  })
  await block.getByRole('button', { name: 'Show what takes the room' }).click()
  await block.getByRole('row', { name: /^Everything else/ }).waitFor()
  await block.getByRole('button', { name: 'Compact' }).click()
  await page.getByRole('button', { name: 'Compact', exact: true }).last().click()
  await page.getByText(/before, .* now/).waitFor()
})
