import { InvalidArgumentError, type Command } from 'commander'
import { isDate } from '#shared/stats/dates.ts'
import { mostDays, type StatsRange } from '#shared/stats/query.ts'
import { isZone } from '#shared/stats/zone.ts'
import type { MakeCommand } from './operation-commands.ts'
import type { ListOptions } from './providers.ts'
import type { StatsOptions } from './stats.ts'

/** The commands that show figures, check them and mend them. */
export function addStatsCommands(program: Command, command: MakeCommand): void {
  const load = () => import('./stats.ts')
  const stats = command(program, 'stats', 'Show the figures of a provider, of a group, or of all.')
    .option('--provider <name or id>', 'of a provider')
    .option('--group <name or id>', 'of a group')
    .option('--range <range>', 'today, or so many days up to today, as in 30d', rangeOf, {
      kind: 'days',
      days: 30,
    })
    .option('--from <date>', 'in place of the range: from a date, as in 2026-03-01', dateOf)
    .option('--to <date>', 'up to a date, which is in it; without it, up to today', dateOf)
    .option('--zone <zone>', 'whose days they are, as in Europe/Berlin; without it, this machine’s', zoneOf)
    .option('--compare', 'with the same number of days before', false)
    .option('--tests', 'with test messages', false)
    .option('--simulated', 'with simulated messages', false)
    .action(async (options: StatsOptions) => (await load()).showStats(options))
  command(stats, 'check', 'Compare the figures with the message log.').action(
    async (_: ListOptions, own: Command) => (await load()).checkStats(own.optsWithGlobals()),
  )
  command(stats, 'repair', 'Reckon all figures anew from the message log.').action(
    async (_: ListOptions, own: Command) => (await load()).repairStats(own.optsWithGlobals()),
  )
}

function rangeOf(text: string): StatsRange {
  if (text === 'today') return { kind: 'today' }
  const days = /^(\d{1,4})d?$/.exec(text)?.[1]
  if (days === undefined || Number(days) < 1 || Number(days) > mostDays)
    throw new InvalidArgumentError(`Write today, or a number of days from 1 to ${mostDays}, as in 30d.`)
  return { kind: 'days', days: Number(days) }
}

function dateOf(text: string): string {
  if (isDate(text)) return text
  throw new InvalidArgumentError('Write a date as in 2026-03-01.')
}

function zoneOf(text: string): string {
  if (isZone(text)) return text
  throw new InvalidArgumentError('Write a time zone as in Europe/Berlin or UTC.')
}
