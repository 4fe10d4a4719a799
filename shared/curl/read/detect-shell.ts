import type { Shell } from '../shells.ts'

/** Signs of each shell and what they weigh; what all of them read alike is taken for sh. */
const signs: [shell: Shell, sign: RegExp, weight: number][] = [
  // One backtick at a line's end; two on a line are a command inside of another, as sh has them.
  ['powershell', /^[^`\n]*`[ \t]*\r?$/m, 4],
  ['powershell', /\$env:[A-Za-z_]/i, 4],
  ['powershell', /@['"][ \t]*\r?\n/, 4],
  ['powershell', /^[ \t]{0,20}PS [^\n>]{0,200}>/, 6],
  ['powershell', /^[ \t]{0,20}(?:\$\w{1,50} ?= ?)?(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)\b/im, 6],
  ['powershell', /`"|`\$|`n/, 2],
  ['powershell', /\bcurl\.exe\b/i, 1],
  ['powershell', /'\{\\"/, 3],
  ['powershell', /[A-Za-z0-9]''[A-Za-z]/, 1],
  ['cmd', /\^[ \t]*\r?$/m, 4],
  ['cmd', /\^["&{}[\]%]/, 4],
  ['cmd', /^[ \t]{0,20}[A-Za-z]:\\[^\n>]{0,200}>/, 6],
  ['cmd', /"\{?""[A-Za-z]/, 4],
  ['cmd', /%(?!\w\w%)[A-Za-z_]\w*%/, 3],
  ['cmd', /\bcurl\.exe\b/i, 1],
  ['cmd', /^[ \t]{0,20}(?:@echo off|rem |set )/im, 3],
  ['sh', /(?:^|\s)\$'/, 5],
  ['sh', /\\[ \t]*\r?$/m, 4],
  ['sh', /'\\''/, 5],
  ['sh', /<<-?\s*['"]?\w/, 4],
  ['sh', /^[ \t]{0,20}(?:[\w.-]{1,60}@[\w.-]{1,60}:[^\n$]{0,200})?\$ /, 3],
]
// cmd has no single quotes, so one around an argument speaks against it.
const singleQuoted = /(?:^|\s)'[^'\n]/

/** The shell whose rules a command most likely follows. */
export function detectShell(text: string): Shell {
  const weights: Record<Shell, number> = { sh: 0.5, powershell: 0, cmd: singleQuoted.test(text) ? -4 : 0 }
  for (const [shell, sign, weight] of signs) if (sign.test(text)) weights[shell] += weight
  if (weights.cmd > weights.sh && weights.cmd >= weights.powershell + (singleQuoted.test(text) ? 1 : 0))
    return 'cmd'
  return weights.powershell > weights.sh ? 'powershell' : 'sh'
}

/** A prompt that was copied along is blanked, so that places in the text stay what they are. */
export function withoutPrompt(text: string): string {
  const prompt =
    /^\s*(?:PS(?: [^\n>]{0,200})?>|[A-Za-z]:\\[^\n>"]{0,200}>|[\w.-]{1,60}@[\w.-]{1,60}:[^\n$#]{0,100}[$#](?= ))/
  const found = prompt.exec(text)?.[0] ?? ''
  return ' '.repeat(found.length) + text.slice(found.length)
}
