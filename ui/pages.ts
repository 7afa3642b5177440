// definePages(): what a module's web/pages.tsx gives the app. ui names no module; it only renders what is given.
import type { EntityMeta, Json, Label, RecordJson } from '@yingzao/kernel/entity'
import type { ComponentType } from 'react'
import type { VerbButton } from './record/verbs.ts'

type Lazy<P> = () => Promise<{ readonly default: ComponentType<P> }>

/** A page of a module at /{module}/{name}. */
export interface ModulePage {
  readonly label: Label
  readonly load: Lazy<object>
}
/** Shown instead of the generic record page; may render `<RecordPage>` parts itself. */
export interface RecordPageProps {
  readonly entity: EntityMeta
  readonly id: string
}
/** Shown instead of the generic form for a new record. */
export interface NewRecordProps {
  readonly entity: EntityMeta
  /** Values it starts with. */
  readonly given: Readonly<Record<string, string>>
}
/**
 * A tab of a record's generic page that a module adds, to its own or to another module's entity: beside the fields, or with
 * `page` as a page of its own at `?tab={page}`, before the history.
 */
export interface RecordTab {
  readonly label: Label
  readonly page?: string
  /** Entity one must be able to read, else the tab is left out. */
  readonly needs?: string
  /** Among those of other modules, ascending; 0 without one. */
  readonly order?: number
  readonly load: Lazy<{ readonly entity: EntityMeta; readonly record: RecordJson }>
}
/** Asks for the input of a verb that no form can ask for. */
export interface VerbDialogProps {
  readonly entity: EntityMeta
  readonly record: RecordJson
  readonly verb: VerbButton
  readonly onClose: () => void
  /** A failure it throws is shown in the dialog. */
  readonly onSubmit: (input: Readonly<Record<string, Json>>) => Promise<void>
}
/** A part of the home page; drawn in ascending order. */
export interface HomeWidget {
  /** What it is kept by when somebody arranges his home page: `home.projects`. */
  readonly name: string
  readonly label: Label
  readonly order: number
  /** Columns of twelve on a wide screen; a phone stacks them. */
  readonly span: 3 | 4 | 6 | 8 | 12
  /** Entities one must be able to read, else the widget is left out. */
  readonly needs?: readonly string[]
  readonly load: Lazy<object>
}
/** Arranges the home page: the widgets this person may see, and what the module that gives it adds. */
export interface FrontProps {
  readonly widgets: readonly HomeWidget[]
}
export interface Pages {
  /** One module gives it. */
  readonly front: Lazy<FrontProps> | null
  readonly pages: Readonly<Record<string, ModulePage>>
  readonly home: readonly HomeWidget[]
  /** By entity name. */
  readonly records: Readonly<Record<string, Lazy<RecordPageProps>>>
  /** By entity name: how a new one begins. */
  readonly beginnings: Readonly<Record<string, Lazy<NewRecordProps>>>
  readonly tabs: Readonly<Record<string, readonly RecordTab[]>>
  /** By entity and verb of this module. */
  readonly dialogs: Readonly<Record<string, Readonly<Record<string, Lazy<VerbDialogProps>>>>>
  /** Tabs of every document. */
  readonly documentTabs: readonly RecordTab[]
  /** Buttons above an entity's list: a page opened from there ("import a plan"), of `module` when it is not the entity's. */
  readonly listActions: Readonly<
    Record<string, readonly { readonly label: Label; readonly page: string; readonly module?: string }[]>
  >
}

/** `export default definePages({ pages: { cockpit: { label, load: () => import('./cockpit.tsx') } } })`. */
export const definePages = (pages: Partial<Pages>): Pages => ({
  pages: {},
  front: null,
  home: [],
  records: {},
  beginnings: {},
  tabs: {},
  dialogs: {},
  documentTabs: [],
  listActions: {},
  ...pages,
})

/** What web/main.tsx passes: the pages of each module, loaded when first needed. */
export type ModulePages = Readonly<Record<string, () => Promise<{ readonly default: Pages }>>>
