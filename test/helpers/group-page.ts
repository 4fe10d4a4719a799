import type { Locator } from 'playwright-core'
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract.ts'
import { defaultPolicies, type Policies } from '#shared/group.ts'
import { providerInput } from './messages.ts'
import { openPage, type Opened } from './page.ts'

export type GroupPage = Awaited<ReturnType<typeof openGroupPage>>

/** A workbench's Provider Groups page in a browser, and words for what stands on it. */
export async function openGroupPage() {
  const opened: Opened = await openPage()
  const { page, host } = opened
  page.on('dialog', (dialog) => void dialog.accept())

  async function call<Name extends CommandName>(
    name: Name,
    ...input: CommandInput<Name> extends void ? [] : [CommandInput<Name>]
  ): Promise<CommandOutput<Name>> {
    const answer = await host.call(name, ...input)
    if (!answer.ok) throw new Error(answer.error.message)
    return answer.value
  }

  /** Of the providers in `names`, once they are added. */
  const ids: string[] = []
  const names = [
    'Twilio',
    'Vonage',
    'Plivo',
    ...Array.from({ length: 8 }, (_, index) => `Spare ${index + 1}`),
  ]
  const settings = () => page.getByRole('region', { name: 'Settings' })
  const nameBox = () => settings().getByRole('textbox', { name: 'Name', exact: true })
  const picker = () => settings().getByRole('combobox', { name: 'Add a provider' })
  const lines = () => settings().getByRole('list', { name: 'Order of providers' }).getByRole('listitem')
  return {
    opened,
    page,
    call,
    ids,
    names,
    settings,
    nameBox,
    picker,
    line: (name: string) => settings().getByRole('listitem', { name: new RegExp(`^${name}, \\d`) }),
    order: async () =>
      (await lines().all()).length === 0
        ? []
        : lines().evaluateAll((all) =>
            all.map((one) => one.getAttribute('aria-label')?.replace(/, \d.*/, '')),
          ),
    save: () => page.getByRole('button', { name: 'Save', exact: true }).click(),
    table: () => page.getByRole('table', { name: 'Provider groups' }),
    focused: () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''),
    openNew: async () => {
      await page.goto(`${host.origin}/groups/new`)
      await nameBox().waitFor()
    },
    pick: async (name: string) => {
      await picker().fill(name)
      await page.keyboard.press('Enter')
    },
    /** Presses the mouse on the handle and moves it there; it is not let go. */
    drag: async (handle: Locator, to: { x: number; y: number }, steps = 6) => {
      const from = await handle.boundingBox()
      if (!from) throw new Error('nothing to drag by')
      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
      await page.mouse.down()
      await page.mouse.move(to.x, to.y, { steps })
    },
    addProviders: async () => {
      for (const name of names) {
        const input = providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name })
        await call('providers.save', input)
        ids.push(input.id)
      }
    },
    saveGroup: async (
      name: string,
      members: string[],
      countries: string[] = [],
      policies: Partial<Policies> = {},
    ) => {
      const id = crypto.randomUUID()
      const about = { id, name, members, countries, notes: '' }
      await call('groups.save', { ...about, policies: { ...defaultPolicies, ...policies } })
      return id
    },
  }
}
