import { ref, type Ref } from 'vue'
import { mostMembers } from '#shared/group.ts'

/** What can be done to a group's providers: the order is the order in which they are tried. */
export function useMemberList(members: Readonly<Ref<string[]>>, nameOf: (id: string) => string) {
  /** For screen readers. */
  const said = ref('')
  /** Why one was not added. */
  const refused = ref('')

  const place = (index: number) => `position ${index + 1} of ${members.value.length}`

  /** At the end; false where there is no room, or it is there already. */
  function add(id: string): boolean {
    if (members.value.includes(id)) return false
    if (members.value.length >= mostMembers) {
      refused.value = `${nameOf(id)} was not added: a group holds ${mostMembers} providers at most. Remove one first.`
      return false
    }
    refused.value = ''
    members.value.push(id)
    said.value = `${nameOf(id)} added at ${place(members.value.length - 1)}`
    return true
  }

  function move(from: number, to: number): boolean {
    const id = members.value[from]
    if (id === undefined || to < 0 || to >= members.value.length || from === to) return false
    members.value.splice(from, 1)
    members.value.splice(to, 0, id)
    said.value = `${nameOf(id)} moved to ${place(to)}`
    return true
  }

  function remove(index: number): void {
    const [id] = members.value.splice(index, 1)
    if (id === undefined) return
    refused.value = ''
    said.value = `${nameOf(id)} removed, ${members.value.length} left`
  }

  return { said, refused, add, move, remove }
}
