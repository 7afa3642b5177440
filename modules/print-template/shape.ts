// What the page of print templates is told.
import type { Page } from '@yingzao/formats/pdf/sheet'
import type { Label } from '@yingzao/kernel/entity'
import type { PrintTemplate } from '@yingzao/platform/client/print'

export interface Edition {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly lang: 'any' | 'zh' | 'en'
  readonly edition: number | null
}
export interface PrintedEntity {
  readonly entity: string
  readonly module: string
  readonly label: Label
  readonly published: readonly Edition[]
  readonly drafts: readonly Edition[]
}
export interface Overview {
  readonly entities: readonly PrintedEntity[]
}
export interface Declared {
  readonly template: PrintTemplate
}
export interface Preview {
  readonly pages: readonly Page[]
  /** By their names in the pages, as addresses of data. */
  readonly pictures: Readonly<Record<string, string>>
}

/** Under which the page keeps the overview. */
export const overviewKey = ['yz', 'print_template', 'overview']
