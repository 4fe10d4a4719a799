import type { Random } from './random.ts'

export const languages = ['en', 'de', 'fr', 'pt', 'hi', 'ar', 'zh', 'ja'] as const
export type Language = (typeof languages)[number]

/** A code to sign in with, a notice, or an offer that goes to many. */
export type Purpose = 'code' | 'notice' | 'offer'

type Template = (random: Random) => string

const reference = (random: Random) => `${random.pick(['NW', 'HB', 'QX', 'TR'])}-${random.digits(6)}`
const clock = (random: Random) => `${random.between(8, 19)}:${random.pick(['00', '15', '30', '45'])}`
const amount = (random: Random) => `${random.between(3, 900)}.${random.digits(2)}`
const names = [
  'Ana',
  'Björn',
  'Chloé',
  'Divya',
  'Emeka',
  'Fatima',
  'Grace',
  'Haruto',
  'Inés',
  'Jürgen',
  'Zoë',
]
const shops = ['Northwind', 'Blue Harbour', 'Café Zürich', 'O’Malley & Sons', 'Kirana 24']

const templates: Record<Language, Record<Purpose, readonly Template[]>> = {
  en: {
    code: [
      (random) => `Your verification code is ${random.digits(6)}. It is valid for 10 minutes.`,
      (random) => `${random.digits(6)} is your sign-in code. Do not share it with anyone.`,
      (random) => `<#> ${random.digits(4)} is your Northwind code`,
    ],
    notice: [
      (random) => `Your parcel ${reference(random)} arrives today between ${clock(random)} and 20:00.`,
      (random) =>
        `Hi ${random.pick(names)}, your appointment is tomorrow at ${clock(random)}. Reply C to cancel.`,
      (random) =>
        `Payment of $${amount(random)} to ${random.pick(shops)} received. Ref ${reference(random)}.`,
      (random) =>
        `Alert: load on host db-${random.between(1, 40)} is over ${random.between(80, 99)} % since ${clock(random)} [P${random.between(1, 3)}]`,
    ],
    offer: [
      (random) =>
        `${random.pick(shops)}: ${random.between(1, 7) * 10} % off everything this weekend, today_only codes excluded. ` +
        `Show this message at the till or order with code SAVE${random.digits(3)}. Our shops are open from 9:00 to 20:00. Reply STOP to opt out.`,
      (random) =>
        `🎉 ${random.pick(names)}, you have ${random.between(2, 90) * 10} points! 🎁 Spend them by Sunday.`,
    ],
  },
  de: {
    code: [(random) => `Ihr Code lautet ${random.digits(6)}. Er gilt 10 Minuten.`],
    notice: [
      (random) => `Ihre Sendung ${reference(random)} kommt heute gegen ${clock(random)} Uhr. Grüße, Ihr Team`,
      (random) =>
        `Guten Tag ${random.pick(names)}, Ihr Termin: morgen um ${clock(random)} Uhr in der Hauptstraße.`,
    ],
    offer: [
      (random) =>
        `Nur heute: ${random.between(1, 7) * 10} % Rabatt auf alles, auch auf Möbel. Abmelden mit STOPP.`,
    ],
  },
  fr: {
    code: [(random) => `Votre code de vérification est ${random.digits(6)}. Ne le communiquez à personne.`],
    notice: [(random) => `Votre colis ${reference(random)} sera livré à ${clock(random)}. À très bientôt !`],
    offer: [
      (random) =>
        `Dernières heures : ${random.between(1, 7) * 10} % sur votre forfait, être client ça compte. STOP au 36111.`,
    ],
  },
  pt: {
    code: [(random) => `Seu código é ${random.digits(6)}. Não compartilhe.`],
    notice: [(random) => `Sua entrega ${reference(random)} chega às ${clock(random)}. Até já!`],
    offer: [
      (random) =>
        `Promoção: ganhe ${random.between(1, 5) * 10}% na próxima recarga. Responda SAIR para não receber.`,
    ],
  },
  hi: {
    code: [(random) => `आपका ओटीपी ${random.digits(6)} है। इसे किसी से साझा न करें।`],
    notice: [(random) => `प्रिय ग्राहक, आपका ऑर्डर ${reference(random)} आज ${clock(random)} बजे पहुँचेगा।`],
    offer: [(random) => `त्योहार ऑफर: सभी सामान पर ${random.between(1, 7) * 10}% की छूट। आज ही आएँ!`],
  },
  ar: {
    code: [(random) => `رمز التحقق الخاص بك هو ${random.digits(6)}`],
    notice: [(random) => `عزيزي العميل، ستصل شحنتك ${reference(random)} اليوم في ${clock(random)}.`],
    offer: [(random) => `عرض خاص: خصم ${random.between(1, 7) * 10}% على جميع المنتجات حتى نهاية الأسبوع.`],
  },
  zh: {
    code: [(random) => `【北风】您的验证码是${random.digits(6)}，10分钟内有效。`],
    notice: [(random) => `您的包裹${reference(random)}将于今天${clock(random)}送达，请注意查收。`],
    offer: [(random) => `周末特惠：全场${random.between(3, 9)}折，退订回T。`],
  },
  ja: {
    code: [(random) => `認証コード：${random.digits(6)}（10分間有効）`],
    notice: [(random) => `お荷物${reference(random)}は本日${clock(random)}頃にお届けします。`],
    offer: [(random) => `週末限定！全品${random.between(1, 5) * 10}％オフ。配信停止はこちら。`],
  },
}

export function textFor(purpose: Purpose, language: Language, random: Random): string {
  return random.pick(templates[language][purpose])(random)
}
