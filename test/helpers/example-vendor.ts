import { fieldSchema, type VendorForm } from '#shared/catalogue/entry.ts'

const field = (one: { key: string; label: string; section: string } & Record<string, unknown>) =>
  fieldSchema.parse({ help: 'Stands in the console.', ...one })

/** A made-up vendor with a bit of everything that a form is drawn from. */
export function exampleVendor(): VendorForm {
  const request = (path: string): VendorForm['apis'][number]['request'] => ({
    method: 'POST',
    endpoint: `https://{{field:region}}.example.com/accounts/{{field:account}}/${path}`,
    auth: { kind: 'basic', username: '{{field:account}}', password: '{{secret:token}}' },
    headers: [{ name: 'X-Signing', value: '{{secret:signing}}' }],
    body: {
      kind: 'form',
      rows: [
        { name: 'To', value: '$$To' },
        { name: 'From', value: '{{field:from}}' },
        { name: 'Service', value: '{{field:service}}' },
        { name: 'Ttl', value: '{{field:ttl}}' },
        { name: 'Body', value: '$$Body' },
      ],
    },
  })
  const api = (id: string, label: string, messageId: string): VendorForm['apis'][number] => ({
    id,
    label,
    request: request(id === 'plain' ? 'messages' : 'batches'),
    from: '{{field:from}}',
    numberFormat: 'e164',
    success: { statusFrom: 200, statusTo: 299, body: { kind: 'json', path: messageId, equals: '' } },
    reading: { messageId, errorCode: 'code', errorText: 'message' },
  })
  return {
    id: 'example',
    version: 1,
    name: 'Example SMS',
    aliases: [],
    initials: 'Ex',
    colour: '#204060',
    countries: [],
    needs: 'Account and token',
    confidence: 'medium',
    uncertain: ['Whether a long text is cut.'],
    documentation: 'https://docs.example.com/sms',
    sources: ['https://docs.example.com/sms'],
    fields: [
      field({
        key: 'account',
        label: 'Account',
        section: 'account',
        required: true,
        pattern: '^AC[0-9]{8}$',
        shape: 'AC and 8 digits',
        clean: 'token',
      }),
      field({
        key: 'region',
        label: 'Region',
        section: 'account',
        required: true,
        default: 'eu',
        choices: [
          { value: 'eu', label: 'Europe' },
          { value: 'us', label: 'America' },
        ],
      }),
      field({
        key: 'token',
        label: 'Token',
        section: 'account',
        required: true,
        secret: true,
        clean: 'token',
      }),
      field({ key: 'signing', label: 'Signing key', section: 'callbacks', secret: true, clean: 'token' }),
      field({ key: 'from', label: 'From', section: 'sender' }),
      field({ key: 'service', label: 'Service', section: 'sender' }),
      field({ key: 'ttl', label: 'Validity', section: 'options' }),
    ],
    rules: [
      {
        kind: 'exactlyOneOf',
        fields: ['from', 'service'],
        words: 'Enter a From or a service, one of the two.',
      },
    ],
    apis: [api('plain', 'Plain', 'id'), api('batch', 'Batch', 'messages[0].id')],
    codes: [
      { code: '21', class: 'rejected', cause: 'The number is not one.', next: 'Correct the number.' },
      { code: '40', class: 'misconfigured', cause: 'The token is wrong.', next: 'Replace the token.' },
    ],
    rateNote: '',
    callbacks: null,
  }
}
