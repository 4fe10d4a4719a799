import { z } from 'zod'

export const defaultListenerPort = 8025

/** Settings of the listener, kept in the store. */
export const listenerSettingsSchema = z.object({
  /** The next free one of ten is taken where it is in use. */
  port: z
    .number()
    .int()
    .min(1024, 'Enter a port from 1024 to 65535.')
    .max(65_535, 'Enter a port from 1024 to 65535.'),
  /** The address by which vendors reach it, through a tunnel or a proxy, as in `https://abc.example.net`; empty: none. */
  publicUrl: z
    .string()
    .trim()
    .max(500)
    .regex(
      /^$|^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i,
      'Start with https:// and the host, as in https://abc.example.net, without ? or #.',
    ),
  /** It listens on all interfaces of this machine, not only on 127.0.0.1. */
  allInterfaces: z.boolean(),
  /** A callback whose signature is wrong is kept, not counted, and answered with 403. */
  refuseInvalidSignatures: z.boolean(),
})
export type ListenerSettings = z.infer<typeof listenerSettingsSchema>

export const defaultListenerSettings: ListenerSettings = {
  port: defaultListenerPort,
  publicUrl: '',
  allInterfaces: false,
  refuseInvalidSignatures: true,
}

export interface ListenerStatus {
  running: boolean
  /** As in `http://127.0.0.1:8025`; null while stopped. */
  address: string | null
  port: number | null
  /** The port that was asked for was in use. */
  portTaken: boolean
  settings: ListenerSettings
  /** Since the workbench was opened. */
  received: number
}

/** Where a provider's callbacks go. */
export interface CallbackAddress {
  providerId: string
  /** On this machine, whether the listener runs or not. */
  local: string
  /** By the public base URL; null without one. */
  public: string | null
  createdAt: number
}
