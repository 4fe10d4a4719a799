import type { CorpusCase } from './case.ts'

export const vendorsOne1: CorpusCase[] = [
  {
    title: 'Twilio with variables',
    command: String.raw`curl -X POST "https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID/Messages.json" \
--data-urlencode "From=+15017122661" \
--data-urlencode "Body=Your order is ready" \
--data-urlencode "To=+15558675310" \
-u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN`,
    expected: {
      request: 'POST https://api.twilio.com/2010-04-01/Accounts/{{secret:TWILIO_ACCOUNT_SID}}/Messages.json',
      name: 'Twilio',
      auth: 'basic {{secret:TWILIO_ACCOUNT_SID}} : {{secret:TWILIO_AUTH_TOKEN}}',
      form: ['From=$$From', 'Body=$$Body', 'To=$$To'],
      to: '+15558675310',
      body: 'Your order is ready',
      from: '+15017122661',
      secrets: { TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: '' },
    },
  },
  {
    title: 'Twilio with a messaging service',
    command: String.raw`curl 'https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json' -X POST \
  --data-urlencode 'To=+15558675310' \
  --data-urlencode 'MessagingServiceSid=MG0123456789abcdef0123456789abcdef' \
  --data-urlencode 'Body=Code 4711' \
  -u AC0123456789abcdef0123456789abcdef:9f8e7d6c5b4a39281706f5e4d3c2b1a0`,
    expected: {
      request:
        'POST https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json',
      name: 'Twilio',
      auth: 'basic AC0123456789abcdef0123456789abcdef : {{secret:password}}',
      form: ['To=$$To', 'MessagingServiceSid=MG0123456789abcdef0123456789abcdef', 'Body=$$Body'],
      to: '+15558675310',
      body: 'Code 4711',
      secrets: { password: '9f8e7d6c5b4a39281706f5e4d3c2b1a0' },
    },
  },
  {
    title: 'Twilio with hints in brackets',
    command: String.raw`curl -X POST https://api.twilio.com/2010-04-01/Accounts/{AccountSid}/Messages.json -u '<sid>:<token>' -d 'To=%2B15558675310&From=%2B15017122661&Body=Hello+there'`,
    expected: {
      request: 'POST https://api.twilio.com/2010-04-01/Accounts/{{secret:AccountSid}}/Messages.json',
      name: 'Twilio',
      auth: 'basic {{secret:sid}} : {{secret:token}}',
      form: ['To=$$To', 'From=$$From', 'Body=$$Body'],
      to: '+15558675310',
      body: 'Hello there',
      from: '+15017122661',
      secrets: { AccountSid: '', sid: '', token: '' },
    },
  },
  {
    title: 'Plivo',
    command: String.raw`curl -i --user AUTH_ID:AUTH_TOKEN \
    -H "Content-Type: application/json" \
    -d '{"src": "+14151112222","dst": "+14157654321", "text": "Hello, this is sample text"}' \
    https://api.plivo.com/v1/Account/AUTH_ID/Message/`,
    expected: {
      notes: ['ignored -i'],
      request: 'POST https://api.plivo.com/v1/Account/{{secret:AUTH_ID}}/Message/',
      name: 'Plivo',
      auth: 'basic {{secret:AUTH_ID}} : {{secret:AUTH_TOKEN}}',
      raw: String.raw`application/json
{"src": "$$From","dst": "$$To", "text": "$$Body"}`,
      to: '+14157654321',
      body: 'Hello, this is sample text',
      from: '+14151112222',
      secrets: { AUTH_ID: '', AUTH_TOKEN: '' },
    },
  },
  {
    title: 'MSG91 flow',
    command: String.raw`curl --request POST \
  --url https://control.msg91.com/api/v5/flow \
  --header 'accept: application/json' \
  --header 'authkey: 412233Akq7Yx9' \
  --header 'content-type: application/json' \
  --data '{"template_id":"64f0c1d6fc05a6","short_url":"0","recipients":[{"mobiles":"919876543210","VAR1":"Asha"}]}'`,
    expected: {
      choices: [
        'template_id in the body: leave',
        'short_url in the body: leave',
        'recipients[0].VAR1 in the body: leave',
      ],
      notes: ['check recipients[0].mobiles in the body', 'check $$Body'],
      request: 'POST https://control.msg91.com/api/v5/flow',
      name: 'MSG91',
      headers: ['accept: application/json', 'authkey: {{secret:authkey}}'],
      raw: String.raw`application/json
{"template_id":"64f0c1d6fc05a6","short_url":"0","recipients":[{"mobiles":"$$To","VAR1":"Asha"}]}`,
      to: '919876543210',
      number: 'digits',
      secrets: { authkey: '412233Akq7Yx9' },
    },
  },
  {
    title: 'MSG91 legacy list of messages',
    command: String.raw`curl -X POST https://api.msg91.com/api/v2/sendsms -H 'authkey: 412233Akq7Yx9' -H 'Content-Type: application/json' -d '{
  "sender": "SOCKET", "route": "4", "country": "91",
  "sms": [
    { "message": "First text", "to": ["919800000001", "919800000002"] },
    { "message": "Second text", "to": ["919800000003"] }
  ]
}'`,
    expected: {
      notes: ['check sms[1], sms[0].to[1]', 'check sms[0].to[0] in the body'],
      request: 'POST https://api.msg91.com/api/v2/sendsms',
      name: 'MSG91',
      headers: ['authkey: {{secret:authkey}}'],
      raw: String.raw`application/json
{
  "sender": "$$From", "route": "4", "country": "91",
  "sms": [
    { "message": "$$Body", "to": ["$$To"] }
  ]
}`,
      to: '919800000001',
      body: 'First text',
      from: 'SOCKET',
      number: 'digits',
      secrets: { authkey: '412233Akq7Yx9' },
    },
  },
  {
    title: 'MSG91 sendhttp',
    command:
      'curl "https://api.msg91.com/api/sendhttp.php?authkey=412233Akq7Yx9&mobiles=919876543210&message=Hello%21%20This%20is%20a%20test&sender=TESTIN&route=4&country=91"',
    expected: {
      notes: ['check parameter mobiles'],
      request: 'GET https://api.msg91.com/api/sendhttp.php',
      name: 'MSG91',
      form: [
        'authkey={{secret:authkey}}',
        'mobiles=$$To',
        'message=$$Body',
        'sender=$$From',
        'route=4',
        'country=91',
      ],
      to: '919876543210',
      body: 'Hello! This is a test',
      from: 'TESTIN',
      number: 'digits',
      secrets: { authkey: '412233Akq7Yx9' },
    },
  },
  {
    title: 'Exotel with credentials in the address',
    command: String.raw`curl -X POST https://exokey77:exotoken88@api.exotel.com/v1/Accounts/acme1/Sms/send.json \
  -d "From=08088919888" \
  -d "To=09052161119" \
  -d "Body=Hello, this is a test call"`,
    expected: {
      notes: ['check parameter To'],
      request: 'POST https://api.exotel.com/v1/Accounts/acme1/Sms/send.json',
      name: 'Exotel',
      auth: 'basic exokey77 : {{secret:password}}',
      form: ['From=$$From', 'To=$$To', 'Body=$$Body'],
      to: '09052161119',
      body: 'Hello, this is a test call',
      from: '08088919888',
      number: 'national',
      secrets: { password: 'exotoken88' },
    },
  },
]
