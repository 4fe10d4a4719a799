import type { CorpusCase } from './case.ts'

export const refused: CorpusCase[] = [
  {
    title: 'nothing',
    command: '   ',
    expected: { problem: 'Paste a curl command.' },
  },
  {
    title: 'no curl',
    command: 'wget https://api.example.com/send',
    expected: { problem: 'This is a wget command. Paste the vendor’s curl sample.' },
  },
  {
    title: 'an Invoke-RestMethod',
    command: String.raw`Invoke-RestMethod -Uri https://api.example.com/send -Method Post -Body @{ to = '+447700900123' }`,
    expected: {
      shell: 'powershell',
      problem: 'This is PowerShell’s Invoke-RestMethod. Paste the vendor’s curl sample.',
    },
  },
  {
    title: 'an Invoke-WebRequest under its short name, kept in a variable',
    command: "$answer = iwr -Uri https://api.example.com/send -Method Post -Body 'to=1'",
    expected: {
      shell: 'powershell',
      problem: 'This is PowerShell’s Invoke-WebRequest. Paste the vendor’s curl sample.',
    },
  },
  {
    title: 'a fetch',
    command: `fetch('https://api.example.com/send', {
  method: 'POST',
  body: 'to=%2B447700900123&text=Hi',
})`,
    expected: {
      problem:
        'This is JavaScript (fetch). Paste the vendor’s curl sample; from a browser’s network list, Copy as cURL gives one.',
    },
  },
  {
    title: 'a fetch that is awaited',
    command: `const response = await fetch("https://api.example.com/send", { "method": "POST" });`,
    expected: {
      problem:
        'This is JavaScript (fetch). Paste the vendor’s curl sample; from a browser’s network list, Copy as cURL gives one.',
    },
  },
  {
    title: 'a wget with a prompt',
    command: String.raw`$ wget --post-data 'to=1' \
> https://api.example.com/send`,
    expected: { problem: 'This is a wget command. Paste the vendor’s curl sample.' },
  },
  {
    title: 'Python',
    command: `import requests
requests.post("https://api.example.com/send", data={"to": "+447700900123"})`,
    expected: { problem: 'This is Python (requests). Paste the vendor’s curl sample.' },
  },
  {
    title: 'HTTPie',
    command: 'http POST api.example.com/send to=+447700900123 text=Hi',
    expected: { problem: 'This is an HTTPie command. Paste the vendor’s curl sample.' },
  },
  {
    title: 'only words',
    command: 'Send a POST to our address with to and text.',
    expected: { problem: 'There is no curl command in the text. It begins with “curl”.' },
  },
  {
    title: 'no address',
    command: 'curl -d to=%2B447700900123 -d text=Hi',
    expected: { problem: 'The command names no address.' },
  },
  {
    title: 'curl alone',
    command: 'curl',
    expected: { problem: 'The command names no address.' },
  },
  {
    title: 'multipart',
    command: String.raw`curl https://api.example.com/send -F to=+447700900123 -F 'text=Hi there' -F media=@cat.jpg`,
    expected: {
      problem:
        'The command sends a multipart form (to, text, media), which is not supported. Many vendors take the same fields URL-encoded: write --data-urlencode instead of -F.',
    },
  },
  {
    title: 'multipart by its type',
    command: String.raw`curl https://api.example.com/send -H 'Content-Type: multipart/form-data; boundary=x' --data-binary @body.bin`,
    expected: {
      problem:
        'The command sends a multipart form, which is not supported. Many vendors take the same fields URL-encoded: write --data-urlencode instead of -F.',
      notes: ['unsupported --data-binary @body.bin'],
    },
  },
  {
    title: '--form-string',
    command: String.raw`curl https://api.example.com/send --form-string 'to=+447700900123'`,
    expected: {
      problem:
        'The command sends a multipart form (to), which is not supported. Many vendors take the same fields URL-encoded: write --data-urlencode instead of -F.',
    },
  },
  {
    title: 'another protocol',
    command: 'curl ftp://files.example.com/x',
    expected: { problem: 'The address begins with ftp://, and only http and https are sent.' },
  },
  {
    title: 'no host',
    command: 'curl https:///send -d to=1',
    expected: { problem: 'The address has no host.' },
  },
  {
    title: 'a comment only',
    command: '# curl https://api.example.com/send',
    expected: { problem: 'There is no curl command in the text. It begins with “curl”.' },
  },
]
