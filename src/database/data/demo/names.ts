import type { Chance } from '../chance.ts';

/** Given and family names that go together, one community a line. */
const communities = [
  'Amara Chidi Ngozi Emeka Ifeoma Obinna Zainab Tunde Folake Kelechi Adaeze Uche / Okafor Adeyemi Balogun Eze Nwosu Okoro Adebayo Obi',
  'Mei Jun Xin Hao Lan Wei Yuxi Zihan Ming Ruolan Bo Jiayi / Chen Wang Zhang Liu Huang Zhou Lin Xu',
  'Sofía Mateo Valentina Diego Camila Emiliano Lucía Andrés Ximena Joaquín Renata Íñigo / García Hernández Muñoz Ramírez Peña Castillo Ibáñez Ríos',
  'Priya Arjun Ananya Rohan Diya Kabir Meera Vivaan Ishaan Saanvi Nikhil Tara / Sharma Patel Iyer Reddy Banerjee Nair Kapoor Das',
  'Fatima Omar Layla Yusuf Amina Karim Noor Hassan Salma Tariq Rania Idris / Haddad Al-Masri Mansour Khalil Rahman Aziz Benali Saleh',
  'Liam Charlotte Henry Grace Oliver Ruby Theodore Hazel Jack Violet Miles Clara / Bennett Carter Doyle Ellison Fletcher Hughes Morgan Turner',
  'Björn Freja Åse Lars Ingrid Søren Astrid Nils Saga Elin Tove Öivind / Lindqvist Østergaard Nyström Ångström Dahl Håkansson Strand Ek',
  'Zofia Jakub Łucja Mateusz Agnieszka Tomasz Žofie Vojtěch Eliška Dragan Milica Šimun / Kowalska Nowak Dvořák Černý Wiśniewska Petrović Horvat Šarić',
  'Linh Minh Thảo Đức Hương An Bảo Khánh Trang Phúc Vy Quân / Nguyễn Trần Phạm Lê Hoàng Đặng Bùi Võ',
  'Haruto Yui Sōta Aoi Ren Hina Yūto Sakura Kaito Mio Riku Emi / Satō Takahashi Ōta Yamamoto Nakamura Itō Kobayashi Mori',
  'Leilani Kaimana Mele Keoni Malia Tavita Sione Lani Tane Aroha Wiremu Hina / Kealoha Fonoti Tuilagi Kahananui Ngata Parata Mahuika Tamatea',
  'Éloïse Rémi Chloé Noël Zoé Théo Anaïs Jérôme Maëlys Gaël Inès Loïc / Lefèvre Girard Moreau Dubois Côté Bélanger Fournier Roy',
  'Aiyana Takoda Winona Chayton Kimimela Dakota Nizhoni Ahiga Haseya Yas Shandiin Tse / Begay Yazzie Tsosie Whitehorse Nez Benally Redcloud Lonewolf',
  'Dmitri Anastasia Oksana Taras Katya Mykola Yelena Ruslan Aigul Timur Nadia Ilya / Ivanova Shevchenko Kovalenko Morozov Petrenko Sokolova Bondar Orlov',
  'Elif Deniz İpek Emre Ayşe Çağan Gül Kerem Şirin Ozan Nehir Yiğit / Yılmaz Kaya Öztürk Şahin Demir Çelik Aksoy Güneş',
].map((line) => {
  const [given = '', family = ''] = line.split(' / ');
  return { given: given.split(' '), family: family.split(' ') };
});

export interface Name {
  readonly given: string;
  readonly family: string;
}

/** Now and then the two parts come from different communities, as in most schools. */
export function drawName(chance: Chance): Name {
  const community = chance.pick(communities);
  const other = chance.happens(0.12) ? chance.pick(communities) : community;
  return { given: chance.pick(community.given), family: chance.pick(other.family) };
}

const plainLetters: Record<string, string> = { đ: 'd', ø: 'o', ł: 'l', ı: 'i', æ: 'ae', ß: 'ss' };

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[đøłıæß]/g, (letter) => plainLetters[letter] ?? '')
    .replace(/[^a-z0-9]/g, '');
}

/** Hands out addresses that nobody has yet, also when letters are read without case. */
export class Mailroom {
  readonly #taken = new Map<string, number>();

  address({ given, family }: Name, domain: string): string {
    const local = [plain(given), plain(family)].filter((part) => part !== '').join('.');
    const count = (this.#taken.get(`${local}@${domain}`) ?? 0) + 1;
    this.#taken.set(`${local}@${domain}`, count);
    return `${local}${count === 1 ? '' : count}@${domain}`;
  }
}
