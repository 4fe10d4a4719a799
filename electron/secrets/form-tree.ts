/**
 * Byte strings, of which the longest that stands at a place is found in one walk, however many of them begin alike: what
 * two have in common is kept once. Each is counted, so that one that was added twice stays until it is removed twice.
 */
export interface FormTree {
  /** What leads here from the branch above. */
  bytes: Uint8Array
  /** How many of the added end here. */
  uses: number
  /** By the first byte of theirs. */
  branches: Map<number, FormTree> | null
}

export function emptyTree(): FormTree {
  return { bytes: new Uint8Array(0), uses: 0, branches: null }
}

export function isEmpty({ uses, branches }: FormTree): boolean {
  return uses === 0 && (branches === null || branches.size === 0)
}

export function addToTree(root: FormTree, form: Uint8Array): void {
  let node = root
  for (let at = 0; at < form.length;) {
    node.branches ??= new Map()
    const first = form[at] ?? 0
    const next = node.branches.get(first)
    if (!next) {
      node.branches.set(first, { bytes: form.subarray(at), uses: 1, branches: null })
      return
    }
    const common = commonLength(next.bytes, form, at)
    node = common === next.bytes.length ? next : split(node, next, common)
    at += common
  }
  node.uses += 1
}

export function removeFromTree(root: FormTree, form: Uint8Array): void {
  const path: { parent: FormTree; node: FormTree }[] = []
  let node = root
  for (let at = 0; at < form.length;) {
    const next: FormTree | undefined = node.branches?.get(form[at] ?? 0)
    if (!next || commonLength(next.bytes, form, at) < next.bytes.length) return
    path.push({ parent: node, node: next })
    at += next.bytes.length
    node = next
  }
  node.uses = Math.max(0, node.uses - 1)
  for (const { parent, node: last } of path.toReversed()) {
    if (!isEmpty(last)) return
    parent.branches?.delete(last.bytes[0] ?? 0)
  }
}

/** The length of the longest that stands at a place, or 0; `fold` says which bytes count as the same. */
export function longestAt(root: FormTree, bytes: Uint8Array, index: number, fold: Uint8Array): number {
  let node = root
  let longest = 0
  for (let at = index; ;) {
    if (node.uses > 0) longest = at - index
    const next: FormTree | undefined = node.branches?.get(fold[bytes[at] ?? 0] ?? 0)
    if (!next || at + next.bytes.length > bytes.length) return longest
    for (let offset = 0; offset < next.bytes.length; offset += 1) {
      if (fold[bytes[at + offset] ?? 0] !== next.bytes[offset]) return longest
    }
    at += next.bytes.length
    node = next
  }
}

/** Puts a node where a branch ceases to be common. */
function split(parent: FormTree, branch: FormTree, length: number): FormTree {
  const upper: FormTree = { bytes: branch.bytes.subarray(0, length), uses: 0, branches: new Map() }
  branch.bytes = branch.bytes.subarray(length)
  upper.branches?.set(branch.bytes[0] ?? 0, branch)
  parent.branches?.set(upper.bytes[0] ?? 0, upper)
  return upper
}

function commonLength(branch: Uint8Array, form: Uint8Array, at: number): number {
  const most = Math.min(branch.length, form.length - at)
  let length = 0
  while (length < most && branch[length] === form[at + length]) length += 1
  return length
}
