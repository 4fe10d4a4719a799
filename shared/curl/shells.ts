/** The shells that a command can be written for. */
export const curlShells = ['sh', 'cmd', 'powershell'] as const
export type CurlShell = (typeof curlShells)[number]
