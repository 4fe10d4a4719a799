import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import ProvidersPage from './features/providers/ProvidersPage.vue'

const providerDrawer = () => import('./features/provider-form/ProviderDrawer.vue')

const groupDrawer = () => import('./features/groups/GroupDrawer.vue')

const statsPage = () => import('./features/stats/StatsPage.vue')
const simulatorPage = () => import('./features/simulator/SimulatorPage.vue')

const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/providers' },
  {
    path: '/providers',
    component: ProvidersPage,
    meta: { title: 'Providers' },
    children: [
      // The drawer lies over the list, which stays where it was. From choosing a vendor to its form it is the same one.
      { path: 'new', component: providerDrawer, props: { id: null, kind: null } },
      {
        path: 'new/:kind',
        component: providerDrawer,
        props: ({ params }) => ({ id: null, kind: params['kind'] }),
      },
      { path: 'import', component: () => import('./features/curl-import/ImportDrawer.vue') },
      { path: ':id', component: providerDrawer, props: ({ params }) => ({ id: params['id'], kind: null }) },
      {
        path: ':id/stats',
        component: providerDrawer,
        props: ({ params }) => ({ id: params['id'], kind: null, tab: 'stats' }),
      },
    ],
  },
  {
    path: '/groups',
    component: () => import('./features/groups/GroupsPage.vue'),
    meta: { title: 'Provider Groups' },
    children: [
      { path: 'new', component: groupDrawer, props: { id: null } },
      { path: ':id', component: groupDrawer, props: ({ params }) => ({ id: params['id'] }) },
      {
        path: ':id/stats',
        component: groupDrawer,
        props: ({ params }) => ({ id: params['id'], tab: 'stats' }),
      },
    ],
  },
  {
    path: '/messages',
    component: () => import('./features/messages/MessagesPage.vue'),
    meta: { title: 'Messages' },
  },
  {
    path: '/messages/compare',
    component: () => import('./features/compare/ComparePage.vue'),
    meta: { title: 'Compare' },
  },
  {
    path: '/messages/bundles',
    component: () => import('./features/bundles/BundlesPage.vue'),
    meta: { title: 'Bundles' },
  },
  {
    path: '/messages/bulk',
    component: () => import('./features/bulk/BulkListPage.vue'),
    meta: { title: 'Bulk tests' },
  },
  {
    path: '/messages/bulk/new',
    component: () => import('./features/bulk/BulkNewPage.vue'),
    meta: { title: 'New bulk test' },
  },
  {
    path: '/messages/bulk/:id',
    component: () => import('./features/bulk/BulkJobPage.vue'),
    props: true,
    meta: { title: 'Bulk test' },
  },
  {
    path: '/messages/:id',
    component: () => import('./features/messages/MessagePage.vue'),
    props: true,
    meta: { title: 'Message' },
  },
  { path: '/stats', component: statsPage, props: { kind: 'all', id: '' }, meta: { title: 'Stats' } },
  {
    path: '/stats/:kind(provider|group)/:id',
    component: statsPage,
    props: true,
    meta: { title: 'Stats' },
  },
  {
    path: '/callbacks',
    component: () => import('./features/callbacks/CallbacksPage.vue'),
    meta: { title: 'Callbacks' },
    children: [
      { path: 'listener', component: () => import('./features/callbacks/listener/ListenerView.vue') },
      // One callback lies beside the list, which stays where it was.
      { path: ':id?', component: () => import('./features/callbacks/ReceivedView.vue'), props: true },
    ],
  },
  {
    path: '/conversations/words',
    component: () => import('./features/conversations/words/WordsPage.vue'),
    meta: { title: 'Reply words' },
  },
  {
    path: '/conversations/:number?',
    component: () => import('./features/conversations/ConversationsPage.vue'),
    props: ({ params }) => ({ part: params['number'] || null }),
    meta: { title: 'Conversations' },
  },
  {
    path: '/simulator',
    component: simulatorPage,
    meta: { title: 'Simulator' },
  },
  {
    path: '/simulator/phone/:number?',
    component: simulatorPage,
    props: ({ params }) => ({ phone: params['number'] || null }),
    meta: { title: 'Phone' },
  },
  {
    path: '/settings',
    component: () => import('./features/settings/SettingsPage.vue'),
    meta: { title: 'Settings' },
  },
  { path: '/help', component: () => import('./features/help/HelpPage.vue'), meta: { title: 'Help' } },
  {
    path: '/:rest(.*)*',
    component: () => import('./features/app/MissingPage.vue'),
    meta: { title: 'Nothing here' },
  },
]

export const router = createRouter({ history: createWebHistory(), routes })

/** Fetches the pages that are not open yet. */
export function fetchPages(): Promise<unknown>[] {
  return routes
    .flatMap((route) => [route, ...(route.children ?? [])])
    .map(({ component }) => component)
    .filter((component) => typeof component === 'function')
    .map((load) => (load as () => Promise<unknown>)())
}

router.afterEach((to, from) => {
  const { title } = to.meta
  document.title = typeof title === 'string' ? `${title} – SMS Workbench` : 'SMS Workbench'
  const isOtherPage = from.matched[0] !== undefined && from.matched[0] !== to.matched[0]
  if (isOtherPage) requestAnimationFrame(focusPage)
})

/** What led to this page went with the one before: who reads or steps on begins at this one's name, and not at the frame. */
function focusPage(): void {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
