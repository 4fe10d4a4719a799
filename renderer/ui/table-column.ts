export interface Column {
  key: string
  label: string
  /** What it is, for whoever hovers. */
  title?: string
  /** A CSS width; the columns without one share what is left. */
  width?: string
  align?: 'left' | 'right'
  sortable?: boolean
}

export interface SortState {
  key: string
  descending: boolean
}
