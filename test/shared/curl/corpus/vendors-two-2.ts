import type { CorpusCase } from './case.ts'

export const vendorsTwo2: CorpusCase[] = [
  {
    title: 'Telnyx with a heredoc',
    command: String.raw`curl -X POST https://api.telnyx.com/v2/messages -H "Authorization: Bearer $TELNYX_API_KEY" -H "Content-Type: application/json" -d @- <<'EOF'
{
  "from": "+13115552368",
  "to": "+13115552367",
  "text": "It's a heredoc"
}
EOF`,
    expected: {
      request: 'POST https://api.telnyx.com/v2/messages',
      name: 'Telnyx',
      auth: 'bearer {{secret:TELNYX_API_KEY}}',
      raw: String.raw`application/json
{  "from": "$$From",  "to": "$$To",  "text": "$$Body"}`,
      to: '+13115552367',
      body: String.raw`It's a heredoc`,
      from: '+13115552368',
      secrets: { TELNYX_API_KEY: '' },
    },
  },
  {
    title: 'Clickatell',
    command: String.raw`curl -i -X POST -H "Content-Type: application/json" -H "Accept: application/json" -H "Authorization: Hq3kPz==77" -d '{"content": "Test Message Text", "to": ["27821234567"]}' -s https://platform.clickatell.com/messages`,
    expected: {
      notes: ['ignored -i -s', 'check to[0] in the body'],
      request: 'POST https://platform.clickatell.com/messages',
      name: 'Clickatell',
      headers: ['Accept: application/json', 'Authorization: {{secret:authorization}}'],
      raw: String.raw`application/json
{"content": "$$Body", "to": ["$$To"]}`,
      to: '27821234567',
      body: 'Test Message Text',
      number: 'digits',
      secrets: { authorization: 'Hq3kPz==77' },
    },
  },
  {
    title: 'Clickatell One API',
    command: String.raw`curl --request POST 'https://platform.clickatell.com/v1/message' --header 'Authorization: Hq3kPz77==' --header 'Content-Type: application/json' --data-raw '{"messages":[{"channel":"sms","to":"27821234567","content":"Hello"}]}'`,
    expected: {
      notes: ['check messages[0].to in the body'],
      request: 'POST https://platform.clickatell.com/v1/message',
      name: 'Clickatell',
      headers: ['Authorization: {{secret:authorization}}'],
      raw: String.raw`application/json
{"messages":[{"channel":"sms","to":"$$To","content":"$$Body"}]}`,
      to: '27821234567',
      body: 'Hello',
      number: 'digits',
      secrets: { authorization: 'Hq3kPz77==' },
    },
  },
  {
    title: 'Clickatell over GET, without quotes',
    command:
      'curl https://platform.clickatell.com/messages/http/send?apiKey=Hq3kPz77==&to=27821234567&content=Test+message+text',
    expected: {
      notes: ['check &', 'check parameter to'],
      request: 'GET https://platform.clickatell.com/messages/http/send',
      name: 'Clickatell',
      form: ['apiKey={{secret:apiKey}}', 'to=$$To', 'content=$$Body'],
      to: '27821234567',
      body: 'Test message text',
      number: 'digits',
      secrets: { apiKey: 'Hq3kPz77==' },
    },
  },
  {
    title: "Africa's Talking",
    command: String.raw`curl -X POST \
    https://api.africastalking.com/version1/messaging \
    -H 'Accept: application/json' \
    -H 'Content-Type: application/x-www-form-urlencoded' \
    -H 'apiKey: MyAppAPIKey77' \
    -d 'username=MyAppUsername&to=%2B254711000111,%2B254733000222&message=Hello%20World!&from=myShortCode'`,
    expected: {
      notes: ['check parameter to'],
      request: 'POST https://api.africastalking.com/version1/messaging',
      name: 'Africa’s Talking',
      headers: ['Accept: application/json', 'apiKey: {{secret:apikey}}'],
      form: ['username=MyAppUsername', 'to=$$To', 'message=$$Body', 'from=$$From'],
      to: '+254711000111,+254733000222',
      body: 'Hello World!',
      from: 'myShortCode',
      secrets: { apikey: 'MyAppAPIKey77' },
    },
  },
  {
    title: 'Unifonic',
    command: String.raw`curl --request POST --url 'https://el.cloud.unifonic.com/rest/SMS/messages?AppSid=kQ81xWz0&SenderID=ACME&Body=Hello%20you&Recipient=966505980169&responseType=JSON&baseEncode=true' --header 'accept: application/json'`,
    expected: {
      notes: ['check query Recipient'],
      request:
        'POST https://el.cloud.unifonic.com/rest/SMS/messages?AppSid={{secret:AppSid}}&SenderID=$$From&Body=$$Body&Recipient=$$To&responseType=JSON&baseEncode=true',
      name: 'Unifonic',
      headers: ['accept: application/json'],
      to: '966505980169',
      body: 'Hello you',
      from: 'ACME',
      number: 'digits',
      secrets: { AppSid: 'kQ81xWz0' },
    },
  },
  {
    title: 'Unifonic as a form',
    command:
      'curl -d AppSid=kQ81xWz0 -d Recipient=966505980169 -d Body=Test https://el.cloud.unifonic.com/rest/SMS/messages',
    expected: {
      notes: ['check parameter Recipient'],
      request: 'POST https://el.cloud.unifonic.com/rest/SMS/messages',
      name: 'Unifonic',
      form: ['AppSid={{secret:AppSid}}', 'Recipient=$$To', 'Body=$$Body'],
      to: '966505980169',
      body: 'Test',
      number: 'digits',
      secrets: { AppSid: 'kQ81xWz0' },
    },
  },
  {
    title: 'a national number with a country apart',
    command: 'curl https://sms.example.in/api/send -d "mobile=9876543210" -d "country=91" -d "message=Hello"',
    expected: {
      notes: ['check parameter mobile'],
      request: 'POST https://sms.example.in/api/send',
      form: ['mobile=$$To', 'country=91', 'message=$$Body'],
      to: '9876543210',
      body: 'Hello',
      number: 'national',
    },
  },
  {
    title: 'a number in the path',
    command: String.raw`curl -X POST https://gw.example.com/v1/sms/send/+447700900123 -H 'X-API-Key: 0a1b2c3d4e' -H 'Content-Type: text/plain' -d 'Hello there'`,
    expected: {
      choices: ['the path, after send: To'],
      request: 'POST https://gw.example.com/v1/sms/send/$$To',
      headers: ['X-API-Key: {{secret:x-api-key}}'],
      raw: String.raw`text/plain
$$Body`,
      to: '+447700900123',
      body: 'Hello there',
      secrets: { 'x-api-key': '0a1b2c3d4e' },
    },
  },
]
