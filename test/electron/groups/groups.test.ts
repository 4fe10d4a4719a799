import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultPolicies, type GroupInput } from '#shared/group.ts'
import { newId } from '../../helpers/new-id.ts'
import { providerInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
const providers: string[] = []
beforeAll(async () => {
  test = await openTestWorkbench()
  for (let index = 0; index < 11; index += 1) {
    const provider = providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name: `Provider ${index}` })
    await test.call('providers.save', provider)
    providers.push(provider.id)
  }
})
afterAll(() => test.close())

const input = (more: Partial<GroupInput> = {}): GroupInput => ({
  id: newId(),
  name: 'Group',
  members: providers.slice(0, 3),
  countries: [],
  notes: '',
  policies: defaultPolicies,
  ...more,
})

describe('provider groups', () => {
  it('are saved in their order, found after a restart and deleted', async () => {
    const [one, two, three] = providers as [string, string, string]
    const group = input({ name: 'Round the world', members: [three, one, two], countries: ['DE', 'AT'] })
    const saved = await test.call('groups.save', group)
    expect(saved).toMatchObject({ members: [three, one, two], countries: ['AT', 'DE'], isDefault: false })
    await test.call('groups.save', { ...group, members: [two, three, one], basedOn: saved.updatedAt })
    await test.reopen()
    expect((await test.call('groups.get', { id: group.id })).members).toEqual([two, three, one])
    expect(await test.call('groups.list', undefined)).toMatchObject([
      {
        name: 'Round the world',
        members: [
          { providerId: two, name: 'Provider 1', state: 'ready', breaker: { state: 'closed' } },
          { providerId: three },
          { providerId: one },
        ],
        counts: { sent: 0, delivered: 0, errors: 0 },
      },
    ])
    await test.call('groups.delete', { id: group.id })
    expect(await test.call('groups.list', undefined)).toEqual([])
    expect(await test.refusal('groups.get', { id: group.id })).toMatchObject({ code: 'not_found' })
  })

  it('refuse the eleventh member, none, and one twice, with a word at the field', async () => {
    const at = async (members: string[]) =>
      (await test.refusal('groups.save', input({ members }))).details.issues?.[0]
    expect(await at(providers)).toEqual({ path: 'members', message: 'A group holds 10 providers at most.' })
    expect(await at([])).toEqual({ path: 'members', message: 'Choose at least one provider.' })
    const [one] = providers as [string]
    expect(await at([one, one])).toMatchObject({ path: 'members' })
    await test.call('groups.save', input({ name: 'Ten', members: providers.slice(0, 10) }))
  })

  it('have names of their own, whatever the case, and their copies too', async () => {
    const group = input({ name: 'Größe', countries: ['IN'] })
    await test.call('groups.save', group)
    const refused = await test.refusal('groups.save', input({ name: 'GRÖSSE'.replace('SS', 'ß') }))
    expect(refused).toMatchObject({ code: 'name_taken', details: { issues: [{ path: 'name' }] } })
    const copy = await test.call('groups.duplicate', { id: group.id })
    expect(copy).toMatchObject({ name: 'Größe (copy)', members: group.members, countries: [] })
    expect(await test.call('groups.duplicate', { id: group.id })).toMatchObject({ name: 'Größe (copy 2)' })
  })

  it('route a country by one of them only', async () => {
    await test.call('groups.save', input({ name: 'France', countries: ['FR'] }))
    const refused = await test.refusal('groups.save', input({ name: 'Also France', countries: ['BE', 'FR'] }))
    expect(refused.details.issues).toEqual([
      { path: 'countries.1', message: 'FR is routed by the group “France”. Take it out there first.' },
    ])
  })

  it('share one default with the providers', async () => {
    const group = input({ name: 'The default' })
    await test.call('groups.save', group)
    await test.call('groups.setDefault', { id: group.id })
    const defaults = async () =>
      [
        ...(await test.call('providers.list', undefined)),
        ...(await test.call('groups.list', undefined)),
      ].flatMap(({ isDefault, name }) => (isDefault ? [name] : []))
    expect(await defaults()).toEqual(['The default'])
    await test.call('providers.setDefault', { id: providers[4] ?? '' })
    expect(await defaults()).toEqual(['Provider 4'])
  })

  it('are not overwritten by who edited an older version', async () => {
    const group = input({ name: 'Two windows' })
    const saved = await test.call('groups.save', group)
    await test.call('groups.save', { ...group, notes: 'mine', basedOn: saved.updatedAt })
    const late = { ...group, notes: 'theirs', basedOn: saved.updatedAt }
    expect(await test.refusal('groups.save', late)).toMatchObject({ code: 'changed_elsewhere' })
    expect(await test.call('groups.get', { id: group.id })).toMatchObject({ notes: 'mine' })
  })

  it('keep an archived member in its place, marked, and take no archived one in', async () => {
    const provider = providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name: 'Soon archived' })
    await test.call('providers.save', provider)
    const group = input({ name: 'With an archived one', members: [provider.id] })
    await test.call('groups.save', group)
    expect((await test.call('providers.impact', { id: provider.id })).uses).toEqual([
      { kind: 'group', name: 'With an archived one', last: true },
    ])
    await test.call('providers.archive', { id: provider.id })
    const [summary] = (await test.call('groups.list', undefined)).filter(({ id }) => id === group.id)
    expect(summary?.members).toMatchObject([{ name: 'Soon archived', state: 'archived' }])
    await test.call('groups.save', { ...group, notes: 'still possible' })
    const refused = await test.refusal('groups.save', input({ name: 'New', members: [provider.id] }))
    expect(refused.details.issues).toEqual([
      { path: 'members.0', message: '“Soon archived” is archived. Choose another provider.' },
    ])
  })

  it('lose a member that is deleted', async () => {
    const provider = providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name: 'Soon deleted' })
    await test.call('providers.save', provider)
    const [first] = providers as [string]
    const group = input({ name: 'With a deleted one', members: [provider.id, first] })
    await test.call('groups.save', group)
    await test.call('providers.delete', { id: provider.id, name: 'Soon deleted' })
    expect(await test.call('groups.get', { id: group.id })).toMatchObject({ members: [first] })
  })
})
