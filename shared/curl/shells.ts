/** Whose rules of quoting a command follows, read or written. */
export const shells = ['sh', 'cmd', 'powershell'] as const
export type Shell = (typeof shells)[number]
