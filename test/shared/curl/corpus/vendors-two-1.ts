import type { CorpusCase } from './case.ts'

export const vendorsTwo1: CorpusCase[] = [
  {
    title: 'Infobip',
    command: String.raw`curl -L -X POST 'https://xyz.api.infobip.com/sms/3/messages' \
-H 'Authorization: App 003026bbc133714df1834b8638bb496e-8f4b3d9a' \
-H 'Content-Type: application/json' \
-H 'Accept: application/json' \
--data-raw '{"messages":[{"sender":"InfoSMS","destinations":[{"to":"41793026727"}],"content":{"text":"Sample"}}]}'`,
    expected: {
      notes: ['ignored -L', 'check messages[0].destinations[0].to in the body'],
      request: 'POST https://xyz.api.infobip.com/sms/3/messages',
      name: 'Infobip',
      headers: ['Authorization: App {{secret:authorization}}', 'Accept: application/json'],
      raw: String.raw`application/json
{"messages":[{"sender":"$$From","destinations":[{"to":"$$To"}],"content":{"text":"$$Body"}}]}`,
      to: '41793026727',
      body: 'Sample',
      from: 'InfoSMS',
      number: 'digits',
      secrets: { authorization: '003026bbc133714df1834b8638bb496e-8f4b3d9a' },
    },
  },
  {
    title: 'Infobip with a hint for the host',
    command: String.raw`curl --location 'https://{baseUrl}/sms/2/text/advanced' --header 'Authorization: {authorization}' --header 'Content-Type: application/json' --data '{"messages":[{"destinations":[{"to":"41793026727"},{"to":"41793026834"}],"from":"InfoSMS","text":"Hi"}]}'`,
    expected: {
      notes: [
        'ignored --location',
        'check messages[0].destinations[1]',
        'check messages[0].destinations[0].to in the body',
        'check {baseUrl}',
      ],
      request: 'POST https://{baseUrl}/sms/2/text/advanced',
      name: '',
      headers: ['Authorization: {{secret:authorization}}'],
      raw: String.raw`application/json
{"messages":[{"destinations":[{"to":"$$To"}],"from":"$$From","text":"$$Body"}]}`,
      to: '41793026727',
      body: 'Hi',
      from: 'InfoSMS',
      number: 'digits',
      secrets: { authorization: '' },
    },
  },
  {
    title: 'MessageBird',
    command: String.raw`curl -X POST https://rest.messagebird.com/messages \
-H 'Authorization: AccessKey live_8Tq2LmZpA1b2C3d4' \
-d "recipients=31612345678" \
-d "originator=YourName" \
-d "body=This is a test message"`,
    expected: {
      notes: ['check parameter recipients', 'check YourName'],
      request: 'POST https://rest.messagebird.com/messages',
      name: 'MessageBird',
      headers: ['Authorization: AccessKey {{secret:authorization}}'],
      form: ['recipients=$$To', 'originator=$$From', 'body=$$Body'],
      to: '31612345678',
      body: 'This is a test message',
      number: 'digits',
      secrets: { authorization: 'live_8Tq2LmZpA1b2C3d4' },
    },
  },
  {
    title: 'Bird',
    command: String.raw`curl -X POST "https://api.bird.com/workspaces/f1a2/channels/c9d8/messages" -H "Authorization: AccessKey gT7pLq2Wz9" -H "Content-Type: application/json" -d '{"receiver":{"contacts":[{"identifierValue":"+31612345678","identifierKey":"phonenumber"}]},"body":{"type":"text","text":{"text":"Single text message"}}}'`,
    expected: {
      request: 'POST https://api.bird.com/workspaces/f1a2/channels/c9d8/messages',
      name: 'Bird',
      headers: ['Authorization: AccessKey {{secret:authorization}}'],
      raw: String.raw`application/json
{"receiver":{"contacts":[{"identifierValue":"$$To","identifierKey":"phonenumber"}]},"body":{"type":"text","text":{"text":"$$Body"}}}`,
      to: '+31612345678',
      body: 'Single text message',
      secrets: { authorization: 'gT7pLq2Wz9' },
    },
  },
  {
    title: 'Sinch',
    command: String.raw`curl -i -X POST \
  -H "Authorization: Bearer YOUR_API_TOKEN" \
  -H "Content-Type: application/json"  -d '{
      "from": "447537400000",
      "to": [ "447700900111", "447700900222" ],
      "body": "Hello from Sinch!"
  }' "https://us.sms.api.sinch.com/xms/v1/YOUR_SERVICE_PLAN_ID/batches"`,
    expected: {
      notes: ['ignored -i', 'check to[1]', 'check to[0] in the body'],
      request: 'POST https://us.sms.api.sinch.com/xms/v1/{{secret:SERVICE_PLAN_ID}}/batches',
      name: 'Sinch',
      auth: 'bearer {{secret:API_TOKEN}}',
      raw: String.raw`application/json
{
      "from": "$$From",
      "to": [ "$$To" ],
      "body": "$$Body"
  }`,
      to: '447700900111',
      body: 'Hello from Sinch!',
      from: '447537400000',
      number: 'digits',
      secrets: { SERVICE_PLAN_ID: '', API_TOKEN: '' },
    },
  },
  {
    title: 'Gupshup enterprise',
    command:
      'curl --data-urlencode "method=SendMessage" --data-urlencode "send_to=919876543210" --data-urlencode "msg=Hello World" --data-urlencode "msg_type=TEXT" --data-urlencode "userid=2000123456" --data-urlencode "auth_scheme=plain" --data-urlencode "password=p@ss W0rd" --data-urlencode "v=1.1" --data-urlencode "format=json" -G "https://enterprise.smsgupshup.com/GatewayAPI/rest"',
    expected: {
      notes: ['check parameter send_to'],
      request: 'GET https://enterprise.smsgupshup.com/GatewayAPI/rest',
      name: 'Gupshup',
      form: [
        'method=SendMessage',
        'send_to=$$To',
        'msg=$$Body',
        'msg_type=TEXT',
        'userid=2000123456',
        'auth_scheme=plain',
        'password={{secret:password}}',
        'v=1.1',
        'format=json',
      ],
      to: '919876543210',
      body: 'Hello World',
      number: 'digits',
      secrets: { password: 'p@ss W0rd' },
    },
  },
  {
    title: 'Gupshup self-serve with JSON inside of a form',
    command: String.raw`curl -X POST http://api.gupshup.io/sms/v1/message/appid123 -H 'apikey: 8a7b6c5d4e' -H 'Content-Type: application/x-www-form-urlencoded' -d 'source=GSDSMS' -d 'destination=919876543210' -d 'message={"type":"text","text":"hi"}'`,
    expected: {
      choices: ['parameter message: leave'],
      notes: ['check parameter destination', 'check $$Body'],
      request: 'POST http://api.gupshup.io/sms/v1/message/appid123',
      name: 'Gupshup',
      headers: ['apikey: {{secret:apikey}}'],
      form: ['source=$$From', 'destination=$$To', 'message={"type":"text","text":"hi"}'],
      to: '919876543210',
      from: 'GSDSMS',
      number: 'digits',
      secrets: { apikey: '8a7b6c5d4e' },
    },
  },
  {
    title: 'Kaleyra',
    command: String.raw`curl --location -g --request POST 'https://api.kaleyra.io/v1/HXIN1234567890IN/messages' --header 'api-key: A0fe1b2c3d4' --header 'Content-Type: application/x-www-form-urlencoded' --data-urlencode 'to=+919876543210' --data-urlencode 'sender=KLRHXA' --data-urlencode 'type=TXN' --data-urlencode 'body=Hello & welcome'`,
    expected: {
      notes: ['ignored --location'],
      request: 'POST https://api.kaleyra.io/v1/HXIN1234567890IN/messages',
      name: 'Kaleyra',
      headers: ['api-key: {{secret:api-key}}'],
      form: ['to=$$To', 'sender=$$From', 'type=TXN', 'body=$$Body'],
      to: '+919876543210',
      body: 'Hello & welcome',
      from: 'KLRHXA',
      secrets: { 'api-key': 'A0fe1b2c3d4' },
    },
  },
  {
    title: 'Telnyx',
    command: String.raw`curl -X POST https://api.telnyx.com/v2/messages \
  --header "Content-Type: application/json" \
  --header "Accept: application/json" \
  --header "Authorization: Bearer KEY0123456789ABCDEF_abc" \
  --data '{"from": "+13115552368", "to": "+13115552367", "text": "Hello, world!", "messaging_profile_id": "4001767e-ce0f-4cae-9d5f-0d5e636e7809"}'`,
    expected: {
      request: 'POST https://api.telnyx.com/v2/messages',
      name: 'Telnyx',
      auth: 'bearer {{secret:token}}',
      headers: ['Accept: application/json'],
      raw: String.raw`application/json
{"from": "$$From", "to": "$$To", "text": "$$Body", "messaging_profile_id": "4001767e-ce0f-4cae-9d5f-0d5e636e7809"}`,
      to: '+13115552367',
      body: 'Hello, world!',
      from: '+13115552368',
      secrets: { token: 'KEY0123456789ABCDEF_abc' },
    },
  },
]
