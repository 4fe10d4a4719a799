import { z } from 'zod'

/** Ids are UUIDs, which mean the same in either case and are kept in lower case. */
export const idSchema = z.uuid().toLowerCase()
