import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { createApp } from 'vue'
import type { Provider } from '#shared/provider.ts'
import {
  createProviderForm,
  type ProviderFormContext,
} from '../../../renderer/features/provider-form/use-provider-form.ts'
import { useTransport } from '../../../renderer/lib/api.ts'
import type { Answer } from '../../../renderer/lib/failure.ts'
import { settingsWith } from '../../helpers/settings.ts'

const [a, b] = ['0190aaaa-0000-7000-8000-00000000000a', '0190aaaa-0000-7000-8000-00000000000b'] as const
const provider = (id: string, more: Partial<Provider> = {}): Provider => ({
  id,
  name: `Provider ${id.at(-1)}`,
  kind: 'generic',
  settings: settingsWith({ auth: { kind: 'bearer', token: '{{secret:token}}' } }),
  vendor: null,
  secrets: [{ name: 'token', state: 'set' }],
  isDefault: false,
  simulated: false,
  createdAt: 1,
  updatedAt: 1,
  archivedAt: null,
  ...more,
})

/** What is asked and not yet answered, by command and id. */
let open: Map<string, (value: unknown) => void>
let context: ProviderFormContext
beforeEach(() => {
  open = new Map()
  useTransport({
    call: (name, input) => {
      if (name === 'providers.list') return Promise.resolve({ ok: true, value: [] } as Answer<unknown>)
      return new Promise<Answer<unknown>>((resolve) =>
        open.set(`${name} ${(input as { id: string }).id}`, (value) => resolve({ ok: true, value })),
      )
    },
    on: () => () => {},
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const app = createApp({})
  app.use(pinia)
  context = app.runWithContext(createProviderForm)
})

const load = (id: string) => {
  const done = context.load(id)
  return { done, answer: (value: Provider) => open.get(`providers.get ${id}`)?.(value) }
}

async function loaded(value: Provider): Promise<void> {
  const { done, answer } = load(value.id)
  answer(value)
  await done
}

test('a late answer never takes the place of a newer one', async () => {
  const [slow, fast] = [load(a), load(b)]
  fast.answer(provider(b))
  await fast.done
  slow.answer(provider(a))
  await slow.done
  expect([context.saved.value?.id, context.form.id]).toEqual([b, b])
})

test('a late answer never turns a new provider into an old one', async () => {
  const slow = load(a)
  await context.begin('generic')
  context.form.name = 'New'
  slow.answer(provider(a))
  await slow.done
  expect([context.saved.value, context.form.name]).toEqual([null, 'New'])
  expect(context.form.id).not.toBe(a)
})

test('what is typed while a save is on its way stays, and is not saved yet', async () => {
  await loaded(provider(a))
  context.form.name = 'First'
  context.form.typed['token'] = 'value-1'
  const saving = context.save()
  context.form.name = 'First and more'
  open.get(`providers.save ${a}`)?.(provider(a, { name: 'First', updatedAt: 2 }))
  expect(await saving).toBe(true)
  expect([context.form.name, context.saved.value?.name]).toEqual(['First and more', 'First'])
  expect([context.saved.value?.updatedAt, context.dirty.value]).toEqual([2, true])
  expect(context.form.typed).toEqual({})
})

test('without further typing the form becomes what was saved', async () => {
  await loaded(provider(a))
  context.form.name = ' Trimmed '
  const saving = context.save()
  open.get(`providers.save ${a}`)?.(provider(a, { name: 'Trimmed', updatedAt: 2 }))
  expect(await saving).toBe(true)
  expect([context.form.name, context.dirty.value]).toEqual(['Trimmed', false])
})

test('a save that ends after another provider was opened leaves that one alone', async () => {
  await loaded(provider(a))
  context.form.name = 'First'
  const saving = context.save()
  await loaded(provider(b))
  open.get(`providers.save ${a}`)?.(provider(a, { name: 'First', updatedAt: 2 }))
  await saving
  expect([context.saved.value?.id, context.form.id]).toEqual([b, b])
})

test('a setting that is refused by now is shown when the form opens', async () => {
  const reading = { messageId: 'a[[0', errorCode: '', errorText: '' }
  await loaded(provider(a, { settings: settingsWith({ reading }) }))
  expect(context.shownErrors.value).toEqual({
    'settings.reading.messageId': expect.stringContaining('cannot be read'),
  })
})
