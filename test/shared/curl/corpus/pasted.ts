import type { CorpusCase, Expected } from './case.ts'

const sent: Expected = {
  request: 'POST https://api.example.com/send',
  headers: ['X-Api-Key: {{secret:x-api-key}}'],
  form: ['to=$$To', 'text=$$Body'],
  to: '+447700900123',
  body: 'Hi there',
  secrets: { 'x-api-key': 'k-123456' },
}
const json: Expected = {
  request: 'POST https://api.example.com/send',
  raw: 'application/json\n{\n  "to": "$$To",\n  "text": "$$Body"\n}',
  to: '+447700900123',
  body: 'Hi',
}

/** Commands as they stand in windows and on pages, with what surrounds them there. */
export const pasted: CorpusCase[] = [
  {
    title: 'prompts of lines that go on',
    command: String.raw`$ curl https://api.example.com/send \
> -H 'X-Api-Key: k-123456' \
> --data-urlencode 'to=+447700900123' \
> -d 'text=Hi there'`,
    expected: sent,
  },
  {
    title: 'prompts inside of a quote',
    command: String.raw`$ curl https://api.example.com/send -H 'Content-Type: application/json' -d '{
>   "to": "+447700900123",
>   "text": "Hi"
> }'`,
    expected: json,
  },
  {
    title: 'prompts of zsh, which name the quote',
    command: `% curl https://api.example.com/send \\
> -H 'Content-Type: application/json' -d '{
quote>   "to": "+447700900123",
quote>   "text": "Hi"
quote> }'`,
    expected: json,
  },
  {
    title: 'prompts inside of a here-document',
    command: `$ curl https://api.example.com/send -H 'Content-Type: application/json' --data-binary @- <<EOF
> {
>   "to": "+447700900123",
>   "text": "Hi"
> }
> EOF`,
    expected: { ...json, raw: `${json.raw ?? ''}\n` },
  },
  {
    title: 'prompts of PowerShell',
    command: `PS C:\\Users\\ann> curl.exe https://api.example.com/send \`
>> -H 'X-Api-Key: k-123456' \`
>> --data-urlencode 'to=+447700900123' \`
>> -d 'text=Hi there'`,
    expected: { ...sent, shell: 'powershell' },
  },
  {
    title: 'prompts of cmd',
    command: `C:\\Users\\ann>curl https://api.example.com/send ^
More? -H "X-Api-Key: k-123456" ^
More? --data-urlencode "to=+447700900123" ^
More? -d "text=Hi there"`,
    expected: { ...sent, shell: 'cmd' },
  },
  {
    title: 'a command that Markdown quotes',
    command: String.raw`> curl https://api.example.com/send \
> -H 'X-Api-Key: k-123456' \
> --data-urlencode 'to=+447700900123' \
> -d 'text=Hi there'`,
    expected: sent,
  },
  {
    title: 'a redirection on a line of its own',
    command: String.raw`curl https://api.example.com/send -H 'X-Api-Key: k-123456' \
--data-urlencode 'to=+447700900123' -d 'text=Hi there' \
> answer.json`,
    expected: { ...sent, notes: ['ignored > answer.json'] },
  },
  {
    title: 'a whole page',
    command: String.raw`Quickstart guide
Don't share your key. Ready to send?
POST /send (all regions)

curl https://api.example.com/send \
  -H 'X-Api-Key: k-123456' \
  --data-urlencode 'to=+447700900123' -d 'text=Hi there' | jq .

Response:
{
  "status": "queued",
  "id": "m-1"
}
That's all. Questions? Write to us; it doesn't cost anything.`,
    expected: { ...sent, notes: ['ignored jq .', 'ignored 9 lines'] },
  },
]
