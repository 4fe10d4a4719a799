import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, type Opened } from '../helpers/page.ts'

let opened: Opened
beforeAll(async () => {
  opened = await openPage()
})
afterAll(() => opened.close())

test('an empty workbench says what belongs there, and Try it offline leads to a message’s story', async () => {
  const { page } = opened
  await page.getByRole('heading', { name: 'No providers yet' }).waitFor()
  await page.getByRole('button', { name: 'Try it offline' }).click()

  const story = page.getByRole('list', { name: 'Story' })
  await story.getByRole('heading', { name: 'Attempt 1 with Simulated provider' }).waitFor()
  await story.getByText('The provider accepted the message').waitFor()
  await story.getByText('Simulated', { exact: true }).first().waitFor()
  expect(new URL(page.url()).pathname).toMatch(/^\/messages\/[0-9a-f-]{36}$/)
  const heading = page.getByRole('heading', { level: 1 })
  expect(await heading.innerText()).toBe('Message to +1 500 555 0006')
  // Its button went with the page: keys go on from this page’s name.
  await heading.and(page.locator(':focus')).waitFor()
})

test('the token leaves the address once it is read', () => {
  expect(opened.page.url()).not.toContain('token')
})

test('the tour’s provider, message and receipt are each on their page', async () => {
  const { page } = opened
  const pages = page.getByRole('navigation', { name: 'Pages' })
  await pages.getByRole('link', { name: 'Providers' }).click()
  const provider = page
    .getByRole('table', { name: 'Providers' })
    .getByRole('row', { name: /Simulated provider/ })
  await provider.getByText('Ready').waitFor()
  await provider.getByText('Accepted').waitFor()

  await pages.getByRole('link', { name: 'Messages' }).click()
  await page
    .getByRole('table', { name: 'Messages' })
    .getByRole('row', { name: /Hello from SMS Workbench/ })
    .waitFor()

  await pages.getByRole('link', { name: 'Simulator' }).click()
  await page
    .getByRole('table', { name: 'Received requests' })
    .getByRole('row', { name: /Hello from SMS Workbench/ })
    .waitFor()
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByText('Nothing received yet').waitFor()
})

test('the figures leave simulated sends out unless asked, and tests if asked, and both is remembered', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers`)
  const sent = (figure: string) =>
    page
      .getByRole('row', { name: /Simulated provider/ })
      .getByRole('cell', { name: figure, exact: true })
      .first()
  const figure = page
    .getByRole('row', { name: /Simulated provider/ })
    .getByRole('cell')
    .nth(3)
  expect(await figure.innerText()).toBe('–')
  await figure.getByTitle(/left out of the figures/).waitFor()
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Count simulated sends' }).click()
  await sent('1').waitFor()
  expect(await figure.innerText()).toBe('1')
  await page.getByRole('switch', { name: 'Count tests' }).click()
  await sent('0').waitFor()
  expect(await figure.innerText()).toBe('0')
  await page.reload()
  await page.getByRole('switch', { name: 'Count tests', checked: false }).waitFor()
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Leave simulated sends out' }).click()
  await sent('–').waitFor()
})

test('nothing on these pages was refused or broke', () => {
  expect(opened.complaints).toEqual([])
})
