// Cards of the home page as declared: what a module shows there, for whom, how wide, and where its figures come from.

import type { Filter } from './api.ts'
import { f } from './field.ts'
import type { MetricQuery, MetricUnit } from './metric.ts'
import type { Label } from './value.ts'

/** Where a figure or a row leads. */
export type CardLink =
  /** The entries behind a metric. */
  | ({ readonly metric: string; readonly title: Label | string } & Pick<MetricQuery, 'where' | 'until'>)
  /** A list, with what of it counts. */
  | { readonly entity: string; readonly filter?: Readonly<Record<string, Filter>> }
  | { readonly entity: string; readonly id: string; readonly tab?: string }
  /** A page of a module. */
  | { readonly module: string; readonly page: string }

/** As it is shown; null is "—", never zero. */
export interface CardValue {
  readonly value: string | Label | null
  readonly unit: MetricUnit | 'date' | 'text'
  readonly tone?: 'good' | 'warn' | 'bad'
  readonly opens?: CardLink
}
export interface CardFigureShown extends CardValue {
  readonly label: Label
  /** Below it, smaller. */
  readonly note?: Label
}
export interface CardRow {
  readonly title: string | Label
  readonly note?: string | Label
  readonly opens?: CardLink
  readonly cells: readonly CardValue[]
}
export interface CardContent {
  readonly figures?: readonly CardFigureShown[]
  /** Of the cells of `rows`; the first is the name's. */
  readonly columns?: readonly Label[]
  readonly rows?: readonly CardRow[]
  /** Of all rows, also those that the card has no room for. */
  readonly total?: readonly CardValue[]
  /** Rows there are; more than are shown where the card has no room. */
  readonly count?: number
}

/** A number of a card: a declared metric, or how many records of a list there are and what they add up to. */
export type CardFigure =
  | {
      readonly metric: string
      readonly where?: MetricQuery['where']
      /** What was posted to this month only. */
      readonly thisMonth?: true
      /** In place of the metric's own label. */
      readonly label?: Label
      readonly bad?: 'negative' | 'positive'
    }
  | { readonly label: Label; readonly count: true; readonly bad?: 'positive' }
  | { readonly label: Label; readonly sum: string; readonly bad?: 'positive' }

/** The first few records of a list; figures that count or sum are of all of them. */
export interface CardList {
  readonly entity: string
  readonly filter: Readonly<Record<string, Filter>>
  /** The first names the row; the others are its cells. */
  readonly fields: string
  readonly sort: string
}

export interface Card {
  /** `contract.claimed` */
  readonly name: string
  readonly label: Label
  /** What counts, in the words of who reads it: of which documents, gross or net. */
  readonly says: Label
  /** Shown to whoever holds this function on some record: `contract:read`. */
  readonly needs: string
  /** By role: on whose home page it stands from the start, and where. Whoever else may see it can add it. */
  readonly home: Readonly<Record<string, number>>
  /** Columns of twelve on a wide screen; a phone stacks them. */
  readonly size: 3 | 4 | 6 | 8 | 12
  /** Where all of it stands. */
  readonly opens?: CardLink
  readonly figures?: readonly CardFigure[]
  readonly list?: CardList
  /** An action that answers cards by name, where neither metrics nor a list will do: `funds_center.cards`. */
  readonly reads?: string
  /** Said in place of nothing, with what to do next. */
  readonly empty: Label
}

/** What an action is asked for that `reads` names: which of its cards are shown. */
export const askedCards = { cards: f.json({ zh: '卡片', en: 'Cards' }) } as const
export type CardsRead = Readonly<Record<string, CardContent>>

/** A card as its reader gets it. */
export interface CardShown extends Pick<Card, 'name' | 'label' | 'says' | 'size' | 'empty' | 'opens'> {
  /** Null: it could not be read, which does not keep the others away. */
  readonly content: CardContent | null
}
/** A card that could be shown. */
export type CardOffer = Pick<Card, 'name' | 'label' | 'says'>

export interface HomePage {
  /** When the figures were read, all in one look. */
  readonly at: string
  readonly cards: readonly CardShown[]
  readonly offers: readonly CardOffer[]
  /** Names of cards and of other parts of the page, as somebody arranged them; null: as they are declared. */
  readonly order: readonly string[] | null
  readonly hidden: readonly string[]
  readonly added: readonly string[]
  /** Where cards and parts that he never moved stand. */
  readonly places: Readonly<Record<string, number>>
}
