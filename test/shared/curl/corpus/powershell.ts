import type { CorpusCase } from './case.ts'

export const powershell: CorpusCase[] = [
  {
    title: 'backticks at line ends',
    command: [
      'curl.exe -X POST "https://api.example.com/send" `',
      '  -H "X-Api-Key: k-123456" `',
      '  -d "to=%2B447700900123" `',
      '  -d "text=Hi"',
    ].join('\n'),
    expected: {
      shell: 'powershell',
      request: 'POST https://api.example.com/send',
      headers: ['X-Api-Key: {{secret:x-api-key}}'],
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { 'x-api-key': 'k-123456' },
    },
  },
  {
    title: 'single quotes and doubled ones',
    command: [
      "curl.exe 'https://api.example.com/send' `",
      " --data-urlencode 'to=+447700900123' --data-urlencode 'text=It''s here'",
    ].join('\n'),
    expected: {
      shell: 'powershell',
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: String.raw`It's here`,
    },
  },
  {
    title: 'escapes inside of double quotes',
    command:
      'curl.exe "https://api.example.com/send" --data-urlencode "to=+447700900123" --data-urlencode "text=a`tb `"c`" ""d"" `$5`nend"',
    expected: {
      shell: 'powershell',
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: String.raw`a	b "c" "d" $5
end`,
    },
  },
  {
    title: 'JSON for PowerShell 7',
    command: [
      'curl.exe https://api.example.com/send `',
      '  -H \'Content-Type: application/json\' -d \'{"to":"+447700900123","text":"Say \\"hi\\""}\'',
    ].join('\n'),
    expected: {
      shell: 'powershell',
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body"}`,
      to: '+447700900123',
      body: 'Say "hi"',
    },
  },
  {
    title: 'JSON for Windows PowerShell',
    command: String.raw`curl.exe https://api.example.com/send -H 'Content-Type: application/json' -d '{\"to\":\"+447700900123\",\"text\":\"Say \\\"hi\\\"\"}'`,
    expected: {
      shell: 'powershell',
      notes: [String.raw`check \"`],
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body"}`,
      to: '+447700900123',
      body: 'Say "hi"',
    },
  },
  {
    title: 'a here-string',
    command: String.raw`curl.exe https://api.example.com/send -H 'Content-Type: application/json' -d @'
{
  "to": "+447700900123",
  "text": "It's here"
}
'@`,
    expected: {
      shell: 'powershell',
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
{
  "to": "$$To",
  "text": "$$Body"
}`,
      to: '+447700900123',
      body: String.raw`It's here`,
    },
  },
  {
    title: 'variables of the environment',
    command:
      'curl.exe "https://api.example.com/send/$env:ROUTE" -u "${env:SMS_USER}:$env:SMS_PASS" -d "to=447700900123" -d "text=$($name.First)"',
    expected: {
      shell: 'powershell',
      notes: ['check parameter to'],
      request: 'POST https://api.example.com/send/{{secret:ROUTE}}',
      auth: 'basic {{secret:SMS_USER}} : {{secret:SMS_PASS}}',
      form: ['to=$$To', 'text=$$Body'],
      to: '447700900123',
      body: '$($name.First)',
      number: 'digits',
      secrets: { ROUTE: '', SMS_USER: '', SMS_PASS: '' },
    },
  },
  {
    title: 'the other curl',
    command: ['curl https://api.example.com/send `', '  -d "to=447700900123" `', '  -d "text=Hi"'].join('\n'),
    expected: {
      shell: 'powershell',
      notes: ['check curl', 'check parameter to'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '447700900123',
      body: 'Hi',
      number: 'digits',
    },
  },
  {
    title: 'a prompt, a pipe and a comment',
    command: String.raw`PS C:\Users\ann> curl.exe https://api.example.com/send -d "to=447700900123" -d "text=Hi" | ConvertFrom-Json # read`,
    expected: {
      shell: 'powershell',
      notes: ['ignored ConvertFrom-Json # read', 'check parameter to'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '447700900123',
      body: 'Hi',
      number: 'digits',
    },
  },
  {
    title: 'the call operator and a block comment',
    command: [
      '<# send',
      'one #>',
      '& "C:\\Program Files\\curl\\bin\\curl.exe" https://api.example.com/send `',
      '  -d "to=447700900123" -d "text=Hi"',
    ].join('\n'),
    expected: {
      shell: 'powershell',
      notes: ['check parameter to'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '447700900123',
      body: 'Hi',
      number: 'digits',
    },
  },
  {
    title: 'characters by number',
    command:
      'curl.exe https://api.example.com/send --data-urlencode "to=+447700900123" --data-urlencode "text=`u{1F600} ok`""',
    expected: {
      shell: 'powershell',
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: '😀 ok"',
    },
  },
  {
    title: 'typographic quotes',
    command: ['curl.exe https://api.example.com/send `', '  -d “to=447700900123” -d ‘text=Hi’'].join('\n'),
    expected: {
      shell: 'powershell',
      notes: ['check parameter to'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '447700900123',
      body: 'Hi',
      number: 'digits',
    },
  },
]
