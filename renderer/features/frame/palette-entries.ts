import { computed, type Component, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import {
  Archive,
  ChartLine,
  CircleHelp,
  ClipboardPaste,
  FlaskConical,
  Keyboard,
  ListChecks,
  ListOrdered,
  MessageCircleOff,
  MessageCircleReply,
  MessagesSquare,
  Moon,
  Package,
  Plus,
  RadioTower,
  Send,
  Settings,
  Smartphone,
  StepForward,
  Sun,
  SunMoon,
  Webhook,
  Zap,
} from '@lucide/vue'
import { useFeedback } from '../../ui/feedback.ts'
import { useApp } from '../app/app-store.ts'
import { useListener } from '../callbacks/listener/listener-store.ts'
import { useCatalogue } from '../catalogue/catalogue-store.ts'
import { useGroups } from '../groups/groups-store.ts'
import { useProviders } from '../providers/providers-store.ts'
import { useSimulator } from '../simulator/simulator-store.ts'

export interface PaletteEntry {
  key: string
  label: string
  kind: 'Page' | 'Action' | 'Provider' | 'Archived provider' | 'Group'
  icon: Component
  run: () => void
}

function action(label: string, icon: Component, run: () => void): PaletteEntry {
  return { key: label, label, kind: 'Action', icon, run }
}

/** Everything that the command palette can do, pages first. */
export function usePaletteEntries(showShortcuts: () => void): ComputedRef<PaletteEntry[]> {
  const router = useRouter()
  const route = useRoute()
  const app = useApp()
  const providers = useProviders()
  const catalogue = useCatalogue()
  const groups = useGroups()
  const simulator = useSimulator()
  const listener = useListener()
  const feedback = useFeedback()

  if (!catalogue.loaded) void catalogue.load()
  const go = (path: string) => () => void router.push(path)
  const send = (id: string) => () =>
    void router.push({ path: route.path, query: { ...route.query, send: id } })
  const write = () => void router.push({ path: route.path, query: { ...route.query, craft: 'new' } })
  const page = (label: string, path: string, icon: Component): PaletteEntry => {
    return { key: path, label, kind: 'Page', icon, run: go(path) }
  }
  const theme = (choice: 'light' | 'dark' | 'system', icon: Component) =>
    action(`Theme: ${choice}`, icon, () => void app.prefer({ theme: choice }))

  const statsEntry = (id: string, name: string, kind: 'provider' | 'group'): PaletteEntry => ({
    key: `${id} stats`,
    label: `Stats of ${name}`,
    kind: kind === 'group' ? 'Group' : 'Provider',
    icon: ChartLine,
    run: go(`/stats/${kind}/${id}`),
  })

  async function turnSimulator(): Promise<void> {
    const failure = simulator.status?.running ? await simulator.stop() : await simulator.start()
    if (failure) feedback.fail(failure)
  }

  async function turnListener(): Promise<void> {
    const failure = await listener.startOrStop()
    if (failure) feedback.fail(failure)
  }

  const fixed = computed(() => [
    page('Providers', '/providers', RadioTower),
    page('Provider Groups', '/groups', ListOrdered),
    page('Messages', '/messages', MessagesSquare),
    page('Bulk tests', '/messages/bulk', ListChecks),
    page('Bundles', '/messages/bundles', Package),
    page('Callbacks', '/callbacks', Webhook),
    page('Callback listener and addresses', '/callbacks/listener', Webhook),
    page('Conversations', '/conversations', MessageCircleReply),
    page('Opted-out numbers', '/conversations?view=opted-out', MessageCircleOff),
    page('STOP, START and HELP words', '/conversations/words', MessageCircleReply),
    page('Stats', '/stats', ChartLine),
    page('Simulator', '/simulator', FlaskConical),
    page('Simulated phone', '/simulator/phone', Smartphone),
    page('Simulated vendors', '/simulator?view=vendors', FlaskConical),
    page('Simulator faults', '/simulator?view=faults', Zap),
    page('Settings', '/settings', Settings),
    page('Help', '/help', CircleHelp),
    action('Add provider', Plus, go('/providers/new')),
    action('Add group', Plus, go('/groups/new')),
    action('Import from cURL', ClipboardPaste, go('/providers/import')),
    action('Send Test SMS', Send, send('default')),
    action('New bulk test', ListChecks, go('/messages/bulk/new')),
    action('Open a bundle', Package, go('/messages/bundles?open=file')),
    action(
      simulator.status?.running ? 'Stop simulator' : 'Start simulator',
      FlaskConical,
      () => void turnSimulator(),
    ),
    action(
      listener.running ? 'Stop the callback listener' : 'Start the callback listener',
      Webhook,
      () => void turnListener(),
    ),
    action('Write a callback by hand', Webhook, write),
    theme('light', Sun),
    theme('dark', Moon),
    theme('system', SunMoon),
    action('Show keyboard shortcuts', Keyboard, showShortcuts),
  ])

  return computed(() => [
    ...fixed.value,
    ...providers.list.flatMap(({ id, name, archivedAt }): PaletteEntry[] => {
      const open = { key: id, label: name, icon: RadioTower, run: go(`/providers/${id}`) }
      const stats = statsEntry(id, name, 'provider')
      if (archivedAt !== null) return [{ ...open, kind: 'Archived provider', icon: Archive }, stats]
      const label = `Send Test SMS with ${name}`
      return [
        { ...open, kind: 'Provider' },
        { key: `${id} send`, label, kind: 'Provider', icon: Send, run: send(id) },
        stats,
      ]
    }),
    ...groups.list.flatMap(({ id, name }): PaletteEntry[] => [
      { key: id, label: name, kind: 'Group', icon: ListOrdered, run: go(`/groups/${id}`) },
      {
        key: `${id} rehearse`,
        label: `Rehearse ${name}`,
        kind: 'Group',
        icon: StepForward,
        run: go(`/groups/${id}?rehearse=on`),
      },
      statsEntry(id, name, 'group'),
    ]),
    ...catalogue.list.map(({ id, name }) =>
      action(`Add provider: ${name}`, Plus, go(`/providers/new/${id}`)),
    ),
  ])
}
