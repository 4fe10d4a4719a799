import type { GlobalThemeOverrides } from 'naive-ui'

export type Theme = 'light' | 'dark'
export type ThemeChoice = Theme | 'system'

export function resolveTheme(choice: ThemeChoice, systemIsDark: boolean): Theme {
  if (choice !== 'system') return choice
  return systemIsDark ? 'dark' : 'light'
}

/** What the last start was told; the preferences may say otherwise once they are read. */
export function rememberedTheme(): ThemeChoice {
  try {
    const kept = localStorage.getItem('theme')
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  } catch {
    return 'system'
  }
}

/** Kept where `public/theme.js` finds it before the first paint of the next start. */
export function applyTheme(choice: ThemeChoice, theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  document.documentElement.style.background = ''
  try {
    localStorage.setItem('theme', choice)
  } catch {
    // Storage may be switched off; then the theme follows the system until the preferences are read.
  }
}

const shared = {
  fontFamily: 'var(--sans)',
  fontFamilyMono: 'var(--mono)',
  fontSize: '13px',
  fontSizeMini: '12px',
  fontSizeTiny: '12px',
  fontSizeSmall: '13px',
  fontSizeMedium: '13px',
  borderRadius: '4px',
  borderRadiusSmall: '4px',
  heightSmall: '28px',
  heightMedium: '28px',
}

const light = {
  primaryColor: '#2b67a8',
  primaryColorHover: '#22568f',
  primaryColorPressed: '#1c4877',
  primaryColorSuppl: '#2b67a8',
  errorColor: '#b82a2a',
  errorColorHover: '#a32222',
  errorColorPressed: '#8d1c1c',
  warningColor: '#865500',
  warningColorHover: '#744900',
  warningColorPressed: '#623e00',
  warningColorSuppl: '#865500',
  textColorBase: '#1b2126',
  textColor1: '#1b2126',
  textColor2: '#1b2126',
  textColor3: '#55606a',
  borderColor: '#c3cad0',
  dividerColor: '#e1e5e8',
  bodyColor: '#f6f7f8',
}

const dark = {
  primaryColor: '#7db2e8',
  primaryColorHover: '#9cc6f0',
  primaryColorPressed: '#6aa0d8',
  primaryColorSuppl: '#4f86bd',
  errorColor: '#f18a86',
  errorColorHover: '#f5a29f',
  errorColorPressed: '#e07672',
  warningColor: '#e0b155',
  warningColorHover: '#ecc577',
  warningColorPressed: '#dbab4f',
  warningColorSuppl: '#e0b155',
  textColor1: '#e3e7ea',
  textColor2: '#e3e7ea',
  textColor3: '#a5b0b9',
  borderColor: '#434c54',
  dividerColor: '#2b3238',
  bodyColor: '#15181b',
  cardColor: '#1a1e22',
  modalColor: '#1f2429',
  popoverColor: '#22272c',
  inputColor: '#1a1e22',
}

const parts = {
  Drawer: { color: 'var(--surface)', bodyPadding: '0', boxShadow: 'var(--shadow)' },
  Tooltip: { padding: '4px 8px', color: '#2b3238', textColor: '#f2f4f5' },
  Switch: { railColorActive: 'var(--accent)', railColor: 'var(--control-line)' },
} satisfies GlobalThemeOverrides

export const overrides: Record<Theme, GlobalThemeOverrides> = {
  light: { common: { ...shared, ...light }, ...parts },
  dark: { common: { ...shared, ...dark }, ...parts },
}
