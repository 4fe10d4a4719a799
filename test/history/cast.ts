import { defaultPolicies, type Policies } from '#shared/group.ts'
import { emptySettings, type Price, type ProviderSettings } from '#shared/settings.ts'
import { defaultSimulatorPort, genericSimulatorPath } from '#shared/simulator.ts'
import type { Random } from './random.ts'

/** A provider of the history, and how it behaves. */
export interface Actor {
  id: string
  name: string
  endpoint: string
  host: string
  from: string
  price: Price | null
  simulated: boolean
  /** Milliseconds that an answer usually takes. */
  latency: number
  /** The share of attempts that it fails on an ordinary day. */
  failing: number
  /** It sends receipts, clicks and replies. */
  reports: boolean
}

export interface Ensemble {
  id: string
  name: string
  members: readonly Actor[]
  countries: readonly string[]
  policies: Policies
}

export interface Cast {
  actors: readonly Actor[]
  simulator: Actor
  /** The first is chosen for most, the second for the countries that it has. */
  groups: readonly [Ensemble, Ensemble]
}

/** Hosts end in .example, which is kept free: nothing of the history can be sent to anyone by mistake. */
export function castFor(begin: number, random: Random): Cast {
  const actor = (name: string, more: Partial<Actor>): Actor => {
    const host = `api.${name.toLowerCase().replaceAll(' ', '-')}.example`
    const about = { name, host, endpoint: `https://${host}/v1/messages`, from: 'NORTHWIND' }
    const usual = { price: null, simulated: false, latency: 120, failing: 0.02, reports: true }
    return { id: random.id(begin), ...about, ...usual, ...more }
  }
  const price = (perSegment: number, currency: string) => ({ price: { perSegment, currency } })
  const northwind = actor('Northwind SMS', { latency: 90, from: '+12025550100', ...price(0.0075, 'USD') })
  const harbour = actor('Harbour Text', { latency: 140, ...price(0.034, 'EUR') })
  const monsoon = actor('Monsoon Mobile', {
    latency: 220,
    failing: 0.045,
    from: 'NRTHWD',
    ...price(0.18, 'INR'),
  })
  const baltic = actor('Baltic Gateway', { latency: 400, failing: 0.03, ...price(0.051, 'EUR') })
  const savanna = actor('Savanna Connect', { latency: 650, failing: 0.08, reports: false })
  const simulator = actor('Rehearsal', {
    endpoint: `http://127.0.0.1:${defaultSimulatorPort}${genericSimulatorPath}`,
    host: '127.0.0.1',
    latency: 3,
    simulated: true,
  })
  const group = (name: string, members: readonly Actor[], countries: readonly string[] = []): Ensemble => ({
    id: random.id(begin),
    name,
    members,
    countries,
    policies: defaultPolicies,
  })
  return {
    actors: [northwind, harbour, monsoon, baltic, savanna, simulator],
    simulator,
    groups: [
      group('Sign-in codes', [northwind, harbour, baltic]),
      group('India', [monsoon, savanna, harbour], ['IN']),
    ],
  }
}

export function settingsOf({ endpoint, from, price }: Actor): ProviderSettings {
  return {
    ...emptySettings(),
    endpoint,
    from,
    price,
    success: { statusFrom: 200, statusTo: 299, body: { kind: 'json', path: 'status', equals: 'queued' } },
    reading: { messageId: 'id', errorCode: 'code', errorText: 'message' },
    codes: vendorCodes.map(({ code, meaning }) => ({ code, class: meaning })),
  }
}

/** The providers' own codes, of which their settings say what they mean. */
export const vendorCodes = [
  { code: 'invalid_number', text: 'The number is not a mobile number.', meaning: 'rejected', weight: 40 },
  { code: 'opted_out', text: 'The recipient has opted out.', meaning: 'rejected', weight: 25 },
  { code: 'blocked', text: 'The number is on the deny list.', meaning: 'rejected', weight: 6 },
  { code: 'route_down', text: 'No route to the network.', meaning: 'unavailable', weight: 10 },
  { code: 'sender_unregistered', text: 'The sender is not registered.', meaning: 'misconfigured', weight: 2 },
] as const
