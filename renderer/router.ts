import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import ProvidersPage from './features/providers/ProvidersPage.vue'

const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/providers' },
  {
    path: '/providers',
    component: ProvidersPage,
    meta: { title: 'Providers' },
    children: [
      // The drawer lies over the list, which stays where it was.
      {
        path: 'new',
        component: () => import('./features/provider-form/ProviderDrawer.vue'),
        props: { id: null },
      },
      { path: 'import', component: () => import('./features/curl-import/ImportDrawer.vue') },
      { path: ':id', component: () => import('./features/provider-form/ProviderDrawer.vue'), props: true },
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
    path: '/messages/:id',
    component: () => import('./features/messages/MessagePage.vue'),
    props: true,
    meta: { title: 'Message' },
  },
  {
    path: '/simulator',
    component: () => import('./features/simulator/SimulatorPage.vue'),
    meta: { title: 'Simulator' },
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

router.afterEach((to) => {
  const { title } = to.meta
  document.title = typeof title === 'string' ? `${title} – SMS Workbench` : 'SMS Workbench'
})
