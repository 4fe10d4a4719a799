import { genericSimulatorPath, magicNumbers, type SimulatedVendor } from '#shared/simulator.ts'

/** The simulated generic provider, which is no vendor's, told of in the same way as those. */
export const genericVendor: SimulatedVendor = {
  id: 'generic',
  name: 'Generic',
  initials: 'G',
  colour: '#5a656e',
  apis: [
    {
      id: 'generic',
      label: 'Generic',
      methods: ['GET', 'POST'],
      paths: [genericSimulatorPath],
      reads: [],
      magicNumbers: magicNumbers.map((magic) => ({ ...magic, party: 'to' as const })),
      answers: [
        { name: 'accepted', words: 'Accepted, with a message id', status: 201 },
        { name: 'missingParameter', words: 'The request lacks a number or a text', status: 400 },
        { name: 'invalidNumber', words: 'The number is not valid', status: 400 },
        { name: 'optedOut', words: 'The recipient has opted out', status: 400 },
        { name: 'unauthorized', words: 'The credentials are not valid', status: 401 },
        { name: 'noCredit', words: 'The account has no credit', status: 402 },
        { name: 'rateLimited', words: 'Too many requests', status: 429 },
        { name: 'serverError', words: 'Something broke inside the provider', status: 500 },
      ],
      credentials:
        'None are needed. If there are some, they are the bearer token simulated-token, or the user simulated with the password simulated-token.',
    },
  ],
}
