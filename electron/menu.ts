import { app, Menu, shell, type MenuItemConstructorOptions } from 'electron'

export interface MenuOptions {
  folder: string
  logs: string
}

/** The native menu: the roles that people expect, and the ways to what lies on disk. */
export function setMenu({ folder, logs }: MenuOptions): void {
  const isMac = process.platform === 'darwin'
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { label: 'View', submenu: viewItems() },
    { role: 'windowMenu' },
    { role: 'help', label: 'Help', submenu: helpItems(folder, logs, isMac) },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function viewItems(): MenuItemConstructorOptions[] {
  // A page that is reloaded would lose what is typed in it.
  const forDevelopers: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { role: 'toggleDevTools' },
    { type: 'separator' },
  ]
  return [
    ...(app.isPackaged ? [] : forDevelopers),
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
}

function helpItems(folder: string, logs: string, isMac: boolean): MenuItemConstructorOptions[] {
  const about: MenuItemConstructorOptions[] = [{ type: 'separator' }, { role: 'about' }]
  return [
    { label: 'Show Logs', click: () => void shell.openPath(logs) },
    { label: 'Open Workspace Folder', click: () => void shell.openPath(folder) },
    // On macOS it stands in the app's own menu.
    ...(isMac ? [] : about),
  ]
}
