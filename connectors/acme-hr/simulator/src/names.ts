/** Names of one country: given and family, each with how it is written in an e-mail address when that can't be derived. */
export interface Nationality {
  readonly country: string;
  readonly sites: readonly string[];
  /** Of every 100 people. */
  readonly share: number;
  /** How a full name is written. */
  readonly order: 'givenFirst' | 'familyFirst';
  readonly separator: string;
  readonly given: readonly Name[];
  readonly family: readonly Name[];
}

export interface Name {
  readonly written: string;
  /** Lower-case ASCII. */
  readonly latin: string;
}

/** Family names are unique over the whole table as they are written in addresses: this is what keeps addresses unique. */
const TABLE: readonly (readonly [
  country: string,
  share: number,
  order: 'givenFirst' | 'familyFirst',
  sites: string,
  given: string,
  family: string,
])[] = [
  [
    'DE',
    20,
    'givenFirst',
    'Berlin München Köln',
    'Anna Jürgen Sabine Björn Käthe Lukas Greta Matthias Heike Torsten Annegret Falk Ilse Jörg Franziska Uwe Miriam Stefan Ulrike Wolfgang Lena Moritz Katharina Niklas',
    'Müller Schäfer Weiß Köhler Groß Jäger Vogel Brandt Lorenz Krämer Böhm Winkler Schröder Pohl Ziegler Engel Hübner Voß Kühn Seidel Arndt Förster Gärtner Rühl',
  ],
  [
    'US',
    19,
    'givenFirst',
    'Austin Boston Denver',
    'Olivia Liam Emma Noah Ava Ethan Mia Mason Grace Jacob Chloe Logan Ella Caleb Nora Wyatt Hazel Owen Ruby Henry Alice Jack Stella Leo',
    "Smith Johnson Williams O'Brien Davis Wilson Anderson Taylor Moore Jackson Harris Clark Lewis Walker Young Hill Baker Nelson Carter Mitchell Turner Parker Collins Edwards",
  ],
  [
    'FR',
    9,
    'givenFirst',
    'Lyon Paris',
    'Chloé Hélène François Anaïs Jérôme Élodie Benoît Margaux Théo Zoé Gaëlle Rémi Aurélie Cédric Noémie Loïc',
    'Lefèvre Dubois Moreau Girard Bérenger Rousseau Fournier Mercier Guérin Chevalier Lemaître Hébert Dupré Barbier Renaud Gauthier',
  ],
  [
    'ES',
    7,
    'givenFirst',
    'Madrid Sevilla',
    'Lucía Íñigo María José Begoña Ramón Inés Álvaro Nuria Tomás Rocío Andrés Pilar Óscar Paloma Héctor',
    'García Fernández Núñez Ibáñez Muñoz Jiménez Peña Castaño Vázquez Ordóñez Cabrera Domínguez Zúñiga Gallego Pascual Rincón',
  ],
  [
    'PL',
    6,
    'givenFirst',
    'Kraków Gdańsk',
    'Łukasz Agnieszka Michał Małgorzata Paweł Zofia Tomasz Żaneta Grzegorz Świętosława Wojciech Bożena',
    'Wójcik Zając Dąbrowska Kaźmierczak Błaszczyk Grabowski Jabłońska Pawlak Michalak Wróbel Sikora Ćwik Szymańska Stępień Gołąb Źródlak',
  ],
  [
    'SE',
    4,
    'givenFirst',
    'Göteborg',
    'Åsa Björk Östen Märta Håkan Linnéa Sören Elin Gösta Ylva',
    'Åkesson Öberg Lindström Sjögren Nyström Hägg Ekdahl Fält Bäckman Wåhlin Strömberg Ålund',
  ],
  [
    'TR',
    4,
    'givenFirst',
    'İzmir',
    'Ayşe Çağrı Gülşen Işıl Ömer Şule Tuğba Ümit Yiğit Zeynep',
    'Yılmaz Çelik Öztürk Şahin Aydın Güneş Kılıç Doğan Arslan Koç Erdoğdu Ünal',
  ],
  [
    'GR',
    5,
    'givenFirst',
    'Αθήνα',
    'Γιώργος=giorgos Ελένη=eleni Δημήτρης=dimitris Αικατερίνη=aikaterini Νίκος=nikos Σοφία=sofia Κώστας=kostas Βασιλική=vasiliki Χρήστος=christos Ιωάννα=ioanna',
    'Παπαδόπουλος=papadopoulos Γεωργίου=georgiou Νικολάου=nikolaou Οικονόμου=oikonomou Βλάχος=vlachos Αναγνώστου=anagnostou Κωνσταντίνου=konstantinou Μακρής=makris Ζαχαρίου=zachariou Πετρίδης=petridis',
  ],
  [
    'BG',
    5,
    'givenFirst',
    'София',
    'Иван=ivan Мария=mariya Георги=georgi Елена=elena Димитър=dimitar Десислава=desislava Николай=nikolay Цветелина=tsvetelina Петър=petar Ралица=ralitsa',
    'Иванова=ivanova Петров=petrov Димитрова=dimitrova Стоянов=stoyanov Тодорова=todorova Георгиев=georgiev Николова=nikolova Ангелов=angelov Христова=hristova Колев=kolev',
  ],
  [
    'UA',
    3,
    'givenFirst',
    'Київ',
    'Олександр=oleksandr Наталія=nataliia Тарас=taras Оксана=oksana Андрій=andrii Юлія=yuliia Богдан=bohdan Ірина=iryna',
    'Шевченко=shevchenko Коваленко=kovalenko Бондаренко=bondarenko Ткачук=tkachuk Кравець=kravets Мельник=melnyk Гончар=honchar Поліщук=polishchuk',
  ],
  [
    'AE',
    6,
    'givenFirst',
    'دبي',
    'محمد=mohammed فاطمة=fatima أحمد=ahmed عائشة=aisha خالد=khalid مريم=maryam يوسف=yousef ليلى=layla عمر=omar نورة=noura',
    'الهاشمي=alhashimi المنصوري=almansoori الشامسي=alshamsi الكعبي=alkaabi النعيمي=alnuaimi الظاهري=aldhaheri السويدي=alsuwaidi المزروعي=almazrouei الحمادي=alhammadi القاسمي=alqasimi',
  ],
  [
    'JP',
    5,
    'familyFirst',
    '東京 大阪',
    '翔太=shota さくら=sakura 健一=kenichi 美咲=misaki 大輔=daisuke 陽子=yoko 拓也=takuya 直美=naomi 雄介=yusuke 結衣=yui',
    '佐藤=sato 鈴木=suzuki 高橋=takahashi 田中=tanaka 渡辺=watanabe 伊藤=ito 山本=yamamoto 中村=nakamura 小林=kobayashi 齋藤=saito',
  ],
  [
    'CN',
    4,
    'familyFirst',
    '上海 深圳',
    '伟=wei 芳=fang 秀英=xiuying 敏=min 静怡=jingyi 磊=lei 晓明=xiaoming 丽娟=lijuan 建国=jianguo 雨桐=yutong',
    '王=wang 李=li 张=zhang 刘=liu 陈=chen 杨=yang 赵=zhao 黄=huang 周=zhou 欧阳=ouyang',
  ],
  [
    'KR',
    3,
    'familyFirst',
    '서울',
    '민준=minjun 서연=seoyeon 지훈=jihoon 하은=haeun 도윤=doyun 수빈=subin 현우=hyunwoo 유진=yujin',
    '김=kim 이=yi 박=park 최=choi 정=jeong 강=kang 조=cho 윤=yoon',
  ],
];

/** Letters that don't decompose into a base letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', æ: 'ae', đ: 'd', ı: 'i', "'": '' };

function asLatin(written: string): string {
  const bare = written.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return bare.replace(/[ßłøæđı']/g, (letter) => LETTERS[letter] ?? letter);
}

function names(list: string): Name[] {
  return list.split(' ').map((entry) => {
    const [written = '', latin] = entry.split('=');
    return { written, latin: latin ?? asLatin(written) };
  });
}

export const NATIONALITIES: readonly Nationality[] = TABLE.map(([country, share, order, sites, given, family]) => ({
  country,
  share,
  order,
  sites: sites.split(' '),
  separator: country === 'JP' ? ' ' : order === 'familyFirst' ? '' : ' ',
  given: names(given),
  family: names(family),
}));
