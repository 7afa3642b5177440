// The words of an MPX file stand in the language of the Microsoft Project that wrote it: its language is found by them.
import type { ConstraintType, DurationUnit, LinkType } from '@yingzao/engines/schedule/plan'

export interface Language {
  /** ISO 639, for names of months. */
  code: string
  yes: string
  no: string
  units: Readonly<Record<string, DurationUnit>>
  /** What stands before or behind a unit of elapsed time. */
  elapsed: RegExp
  links: Readonly<Record<string, LinkType>>
  constraints: readonly string[]
  /** From "lowest" to "do not level". */
  priorities: readonly string[]
  /** Start, end, prorated. */
  accrual: readonly string[]
  /** A few headings of records 40 and 60. */
  headings: readonly string[]
}

/** In the order of every language's list. */
export const constraintTypes: readonly ConstraintType[] = [
  ...(['asap', 'alap', 'must_start_on', 'must_finish_on', 'start_no_earlier_than', 'start_no_later_than'] as const),
  ...(['finish_no_earlier_than', 'finish_no_later_than'] as const),
]

const units = (text: string): Readonly<Record<string, DurationUnit>> => {
  const out: [string, DurationUnit][] = []
  for (const group of text.split(';')) {
    const [unit = '', names = ''] = group.trim().split(':')
    if (unit === 'm' || unit === 'h' || unit === 'd' || unit === 'w' || unit === 'mo' || unit === 'y')
      for (const name of names.split(' ')) out.push([name, unit])
  }
  return Object.fromEntries(out)
}

const list = (text: string): string[] => text.split(';').map(t => t.trim().toLowerCase())

const english: Language = {
  code: 'en',
  ...{ yes: 'yes', no: 'no' },
  units: units(
    'm:m min mins minute minutes;h:h hr hrs hour hours;d:d day days dy dys;w:w wk wks week weeks;mo:mo mon mons month months;y:y yr yrs year years',
  ),
  elapsed: /^e|e$/,
  links: { FF: 'FF', FS: 'FS', SF: 'SF', SS: 'SS' },
  constraints: list(
    'As Soon As Possible;As Late As Possible;Must Start On;Must Finish On;Start No Earlier Than;Start No Later Than;Finish No Earlier Than;Finish No Later Than',
  ),
  priorities: list('Lowest;Very Low;Lower;Low;Medium;High;Higher;Very High;Highest;Do Not Level'),
  accrual: list('Start;End;Prorated'),
  headings: list('Name;Duration;Start;Finish;Predecessors;Outline Level;Unique ID;Max Units'),
}

export const languages: readonly Language[] = [
  english,
  {
    code: 'de',
    ...{ yes: 'ja', no: 'nein' },
    units: units('m:m min min.;h:h std std.;d:t tag tage;w:w wo woche wochen;mo:mon monat monate;y:j jahr jahre'),
    elapsed: /^f/,
    links: { EE: 'FF', EA: 'FS', AE: 'SF', AA: 'SS' },
    constraints: list(
      'So früh wie möglich;So spät wie möglich;Muss anfangen am;Muss enden am;Anfang nicht früher als;Anfang nicht später als;Ende nicht früher als;Ende nicht später als',
    ),
    priorities: list('Niedrigste;Sehr niedrig;Niedriger;Niedrig;Mittel;Hoch;Höher;Sehr hoch;Höchste;Nicht abgleichen'),
    accrual: list('Anfang;Ende;Anteilig'),
    headings: list('Nr.;Dauer;Anfang;Ende;Vorgänger;Gliederungsebene;Einmalige Nr.;Max. Einheiten'),
  },
  {
    code: 'fr',
    ...{ yes: 'oui', no: 'non' },
    units: units('m:m min mn;h:h hr;d:j jr jour jours;w:s sem sm semaine semaines;mo:mois ms;y:a an ans'),
    elapsed: /e$|^é|é$/,
    links: { FF: 'FF', FD: 'FS', DF: 'SF', DD: 'SS' },
    constraints: list(
      'Dès que possible;Le plus tard possible;Doit commencer le;Doit finir le;Début au plus tôt le;Début au plus tard le;Fin au plus tôt le;Fin au plus tard le',
    ),
    priorities: list(
      'Le plus bas;Très bas;Plus bas;Bas;Moyen;Elevé;Plus élevé;Très élevé;Le plus élevé;Ne pas niveler',
    ),
    accrual: list('Début;Fin;Proportion'),
    headings: list('Nom;Durée;Début;Fin;Prédécesseurs;Niveau hiérarchique;N° unique;Capacité max.'),
  },
  {
    code: 'es',
    ...{ yes: 'sí', no: 'no' },
    units: units('m:m min;h:h hr hora horas;d:d día días;w:s sem semana semanas;mo:mes meses ms;y:a año años'),
    elapsed: /^e|t$/,
    links: { FF: 'FF', FC: 'FS', CF: 'SF', CC: 'SS' },
    constraints: list(
      'Lo antes posible;Lo más tarde posible;Debe comenzar el;Debe finalizar el;No comenzar antes del;No comenzar después del;No finalizar antes del;No finalizar después del',
    ),
    priorities: list('Mínima;Muy baja;Más baja;Baja;Media;Alta;Más alta;Muy alta;Máxima;No redistribuir'),
    accrual: list('Comienzo;Fin;Prorrateo'),
    headings: list('Nombre;Duración;Comienzo;Fin;Predecesoras;Nivel de esquema;Id. único;Capacidad máxima'),
  },
  {
    code: 'it',
    ...{ yes: 'sì', no: 'no' },
    units: units(
      'm:m min;h:h o ora ore hr;d:g gg giorno giorni;w:s sett settimana settimane;mo:mese mesi ms;y:a anno anni',
    ),
    elapsed: /^e|t$/,
    links: { FF: 'FF', FI: 'FS', IF: 'SF', II: 'SS' },
    constraints: list(
      'Il più presto possibile;Il più tardi possibile;Deve iniziare il;Deve finire il;Iniziare non prima del;Iniziare non oltre il;Finire non prima del;Finire non oltre il',
    ),
    priorities: list('Minima;Molto bassa;Più bassa;Bassa;Media;Alta;Più alta;Molto alta;Massima;Non livellare'),
    accrual: list('Inizio;Fine;Ripartito'),
    headings: list('Nome;Durata;Inizio;Fine;Predecessori;Livello struttura;ID univoco;Unità max.'),
  },
  {
    code: 'pt',
    ...{ yes: 'sim', no: 'não' },
    units: units('m:m min;h:h hr hora horas;d:d dia dias;w:s sem semana semanas;mo:mês meses ms;y:a ano anos'),
    elapsed: /^e|d$/,
    links: { TT: 'FF', TI: 'FS', IT: 'SF', II: 'SS' },
    constraints: list(
      'O mais breve possível;O mais tarde possível;Deve iniciar em;Deve terminar em;Não iniciar antes de;Não iniciar depois de;Não terminar antes de;Não terminar depois de',
    ),
    priorities: list(
      'A mais baixa;Muito baixa;Mais baixa;Baixa;Média;Alta;Mais alta;Muito alta;A mais alta;Não redistribuir',
    ),
    accrual: list('Início;Fim;Rateado'),
    headings: list(
      'Nome;Duração;Início;Término;Predecessoras;Nível da estrutura de tópicos;Id exclusiva;Unidades máximas',
    ),
  },
  {
    code: 'sv',
    ...{ yes: 'ja', no: 'nej' },
    units: units('m:m min;h:t tim h;d:d dag dagar;w:v vecka veckor;mo:mån månad månader;y:år'),
    elapsed: /^f/,
    links: { AA: 'FF', AB: 'FS', BA: 'SF', BB: 'SS' },
    constraints: list(
      'Så tidigt som möjligt;Så sent som möjligt;Måste börja;Måste avslutas;Starta tidigast;Starta senast;Avsluta tidigast;Avsluta senast',
    ),
    priorities: list('Lägsta;Mycket låg;Lägre;Låg;Medel;Hög;Högre;Mycket hög;Högsta;Utjämna inte'),
    accrual: list('Start;Slut;Löpande'),
    headings: list('Namn;Varaktighet;Start;Slut;Föregående;Dispositionsnivå;Unikt ID;Max enheter'),
  },
  {
    code: 'ru',
    ...{ yes: 'да', no: 'нет' },
    units: units('m:м мин мин.;h:ч час часов;d:д дн дней день;w:н нед недель;mo:мес месяцев;y:г лет'),
    elapsed: /^[паe]/,
    links: { ОО: 'FF', ОН: 'FS', НО: 'SF', НН: 'SS' },
    constraints: list(
      'Как можно раньше;Как можно позже;Фиксированное начало;Фиксированное окончание;Начало не ранее;Начало не позднее;Окончание не ранее;Окончание не позднее',
    ),
    priorities: list(
      'Самый низкий;Очень низкий;Ниже;Низкий;Средний;Высокий;Выше;Очень высокий;Самый высокий;Не выравнивать',
    ),
    accrual: list('В начале;По окончании;Пропорциональное'),
    headings: list('Название;Длительность;Начало;Окончание;Предшественники;Уровень структуры;Уникальный идентификатор'),
  },
  {
    code: 'zh',
    ...{ yes: '是', no: '否' },
    units: units(
      'm:m 分 分钟 分钟工时;h:h 时 小时 工时;d:d 日 天 工作日 个工作日;w:w 周 周工时 星期;mo:月 个月 月工时 mo;y:年',
    ),
    elapsed: /^e|^日历/,
    links: { FF: 'FF', FS: 'FS', SF: 'SF', SS: 'SS' },
    constraints: list(
      '越早越好;越晚越好;必须开始于;必须完成于;不得早于...开始;不得晚于...开始;不得早于...完成;不得晚于...完成',
    ),
    priorities: list('最低;非常低;较低;低;中;高;较高;非常高;最高;不调配'),
    accrual: list('开始;结束;按比例'),
    headings: list('名称;工期;开始时间;完成时间;前置任务;大纲级别;唯一标识号;最大单位'),
  },
]

/** The language most words of a file belong to; English when none shows. */
export function languageOf(words: Iterable<string>): Language {
  const known = languages.map(language => ({
    language,
    words: new Set([language.yes, language.no, ...language.constraints, ...language.priorities, ...language.headings]),
    found: 0,
  }))
  for (const word of words) {
    const plain = word.trim().toLowerCase()
    // `1EA+1t` and `2,5j` tell as much as words do.
    const link = /^\d+(\p{Lu}{2})(?:[+-]|$)/u.exec(word.trim())?.[1]
    const unit = /^[\d.,]+(\p{L}+)\??$/u.exec(plain)?.[1]
    for (const item of known)
      if (
        item.words.has(plain) ||
        (link !== undefined && Object.hasOwn(item.language.links, link)) ||
        (unit !== undefined && Object.hasOwn(item.language.units, unit))
      )
        item.found++
  }
  return known.reduce((best, item) => (item.found > best.found ? item : best)).language
}

const monthsByLanguage = new Map<string, ReadonlyMap<string, number>>()

/** Numbers of months by their names, long and short, in a language and in English; costly to make, so made once. */
export function monthsOf(language: Language): ReadonlyMap<string, number> {
  const known = monthsByLanguage.get(language.code)
  if (known) return known
  const months = new Map<string, number>()
  monthsByLanguage.set(language.code, months)
  for (const code of ['en', language.code])
    for (const style of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(code, { month: style, timeZone: 'UTC' })
      const inDate = new Intl.DateTimeFormat(code, { month: style, day: 'numeric', timeZone: 'UTC' })
      for (let month = 1; month <= 12; month++) {
        const date = new Date(Date.UTC(2001, month - 1, 2))
        const inflected = inDate.formatToParts(date).find(p => p.type === 'month')?.value ?? ''
        for (const name of [format.format(date), inflected])
          if (/^\p{L}/u.test(name)) months.set(name.toLowerCase().replace(/\.$/, ''), month)
      }
    }
  return months
}
