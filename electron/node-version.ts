// better-sqlite3 13 needs Node-API 10 and takes an older Node down with it, without a word.
const oldest = [22, 14]

/** What to tell the user of a Node that is too old, or null. Electron brings a Node of its own and is not asked. */
export function nodeTooOld(version = process.versions.node): string | null {
  if (process.versions['electron']) return null
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldest[0]! || (major === oldest[0] && minor >= oldest[1]!)) return null
  return `SMS Workbench needs Node ${oldest.join('.')} or newer; this is Node ${version}. In the project's folder, npm start brings its own.`
}
