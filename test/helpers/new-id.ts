export { newId } from '../../electron/new-id.ts'
