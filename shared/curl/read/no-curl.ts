import { isCurl } from './pick-command.ts'

/** How other programs and languages make requests, and what each is called. */
const others: [form: RegExp, name: string][] = [
  [/\b(?:Invoke-RestMethod|irm)\b/i, 'PowerShell’s Invoke-RestMethod'],
  [/\b(?:Invoke-WebRequest|iwr)\b/i, 'PowerShell’s Invoke-WebRequest'],
  [/^[ \t]*(?:[$%#>] )?(?:sudo )?wget(?:\.exe)?[ \t]/im, 'a wget command'],
  [/^[ \t]*(?:[$%#>] )?(?:https?|httpie)[ \t]/m, 'an HTTPie command'],
  [/\brequests\.(?:post|get|put|request)\(/, 'Python (requests)'],
  [/\baxios\b[.(]/, 'JavaScript (axios)'],
]
const fetchCall = /(?:^|[\s=(;])fetch\(/

/** Why there is no curl command in a text, by what stands there instead. */
export function noCurl(text: string): string {
  if (fetchCall.test(text)) {
    return 'This is JavaScript (fetch). Paste the vendor’s curl sample; from a browser’s network list, Copy as cURL gives one.'
  }
  const other = others.find(([form]) => form.test(text))
  if (other) return `This is ${other[1]}. Paste the vendor’s curl sample.`
  if (isCurl(text.trim())) return 'The command names no address.'
  return 'There is no curl command in the text. It begins with “curl”.'
}
