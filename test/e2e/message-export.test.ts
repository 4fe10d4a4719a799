import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsInBothThemes } from '../helpers/accessibility.ts'
import { fromCsv } from '../helpers/exported.ts'
import { addLogRows, logRow } from '../helpers/log-rows.ts'
import { openPage, type Opened } from '../helpers/page.ts'

let opened: Opened
let page: Page
let origin: string

beforeAll(async () => {
  opened = await openPage()
  page = opened.page
  origin = opened.host.origin
  const rows = Array.from({ length: 2000 }, (_, index) =>
    logRow({ text: `No ${index} plain`, state: index % 20 === 7 ? 'failed' : 'sent' }),
  )
  addLogRows(opened.host.folder, rows)
})
afterAll(() => opened.close())

test('what fits the filters is saved as a file', async () => {
  await page.goto(`${origin}/messages?state=failed`)
  await page.getByRole('status').getByText('100 messages', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Export' }).click()
  const box = page.getByRole('dialog', { name: 'Export' })
  await box.getByText('All messages that fit the filters.').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  const saved = page.waitForEvent('download')
  await box.getByRole('button', { name: 'Export' }).click()
  const file = await saved
  expect(file.suggestedFilename()).toMatch(/^Messages \d{4}-\d\d-\d\d \d{4}\.csv$/)
  const rows = fromCsv(await readFile(await file.path(), 'utf8'))
  expect(rows).toHaveLength(100)
  expect(rows[0]).toMatchObject({ Text: 'No 7 plain', State: 'failed' })
  await page.getByText('100 rows exported').waitFor()
  await box.waitFor({ state: 'detached' })

  await page.goto(`${origin}/messages`)
  await page.getByRole('button', { name: 'Export' }).click()
  await box.getByText('Receipts and replies').click()
  await box.getByText('All that came.').waitFor()
  await box.getByRole('button', { name: 'Cancel' }).click()
  await box.waitFor({ state: 'detached' })
})
