import type { Note } from '#shared/curl/curl-words.ts'
import type { Shell } from '#shared/curl/shells.ts'
import type { Role } from '#shared/curl/draft/slot.ts'

export const shellNames: { value: Shell; label: string }[] = [
  { value: 'sh', label: 'sh, bash' },
  { value: 'cmd', label: 'cmd' },
  { value: 'powershell', label: 'PowerShell' },
]

export const roleNames: { value: Role; label: string }[] = [
  { value: 'To', label: '$$To – the number' },
  { value: 'Body', label: '$$Body – the text' },
  { value: 'From', label: '$$From – the sender' },
  { value: 'TemplateID', label: '$$TemplateID' },
  { value: 'secret', label: 'Secret' },
  { value: 'leave', label: 'Leave as it is' },
]

/** Headings of the remarks, weightiest first. */
export const noteGroups: { kind: Note['kind']; title: string; tone: 'bad' | 'warn' | 'quiet' }[] = [
  { kind: 'unsupported', title: 'Left out', tone: 'bad' },
  { kind: 'check', title: 'To check', tone: 'warn' },
  { kind: 'ignored', title: 'No effect here', tone: 'quiet' },
]
