import { useRoute, useRouter } from 'vue-router'
import { useFormDrawer } from '../../ui/use-form-drawer.ts'
import type { GroupFormContext } from './use-group-form.ts'

/** The address that a form belongs to: the saved group's own, or that of a new one. */
export function addressOf({ form, saved }: Pick<GroupFormContext, 'form' | 'saved'>): string {
  return saved.value ? `/groups/${form.id}` : '/groups/new'
}

/** What the drawer of a group does with its form. A rehearsal beside it stays open when it is saved. */
export function useGroupDrawer(context: GroupFormContext) {
  const router = useRouter()
  const route = useRoute()
  return useFormDrawer(context, {
    saved: 'Group saved',
    address: () => ({ path: addressOf(context), query: route.query }),
    leave: async () => {
      context.begin()
      await router.push('/groups')
    },
  })
}
