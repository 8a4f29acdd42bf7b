/**
 * Words that hold English sentences together. Scraped text loses blanks around emphasised terms, and what a term is glued
 * to is nearly always one of these; so they are the proof that a token is glued and not merely unknown.
 */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  words(`
  a about across after against all also am among an and any are around as at be because been before behind being between
  both but by can could did do does doing during each either every few for from had has have having he her his how i if in
  into is it its just less like many may might more most much must my near neither no nor not of off on once one only onto
  or other our out over own per same several shall she should since so some such than that the their them then there these
  they this those through throughout to too toward towards under until up upon us use used uses using versus via vs was we
  were what when where whether which while who whom whose why will with within without would yet you your
  `),
);

/**
 * Verbs that take an object in questions ("predictstock", "Implementlogistic"). Verb and noun written together is no way to
 * form an English compound, so a known word behind one of them proves a lost blank; verbs that do form compounds (test, run,
 * work, show, check) are left out.
 */
export const TRANSITIVE_VERBS: ReadonlySet<string> = new Set(
  words(`
  achieve address affect analyze apply approach assess avoid calculate classify cluster compare compute configure consider
  create define demonstrate deploy derive describe detect determine develop discuss distinguish elaborate enforce ensure
  estimate evaluate explain explore facilitate generate handle identify illustrate implement improve incorporate integrate
  interpret introduce leverage maintain manage mitigate monitor optimize outline perform predict preprocess prevent propose provide
  reduce resolve select simulate solve summarize utilize validate visualize write
  achieves addresses affects analyzes applies avoids computes creates defines ensures handles identifies implements improves
  introduces manages optimizes performs predicts prevents provides reduces resolves selects solves uses
  common different appropriate basic various
  `),
);

/**
 * Common words that a small bank may not hold but that must not be mistaken for glue ("assign", "forward", "another"), and
 * the verbs and nouns that interview questions are made of.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  words(`
  address addresses adjust affect aid aim align aligns allow allows analyze apply approach assess associated avoid balance
  become benefit best build calculate challenge challenges change choose classify clean code common compare concept
  conduct consider context contribute contributes control create deal debug decide deep define demonstrate deploy
  derive describe design detect determine develop difference differences differ different discuss distinguish effect
  encounter enforce ensure ensures estimate evaluate example examples experience explain explore facilitate facilitates
  factor factors find first function functions generate give given good handle handled help helps highlight identify impact
  implement importance important improve incorporate influence integrate introduce investigate involve involved key know
  large leverage limitation limitations maintain make manage mean means measure meant method methods mitigate model models
  need new optimize outline perform performed practice practices predict prepare present prevent process propose provide
  purpose question questions reason reduce relate require role scale script select set show sign significance simulate small
  solve stage stages step steps strategy strategies suggest summarize support supports take technique techniques
  technology term terms test time tool tools train type types typical understand utility utilize validate various vary visualize
  way ways work works write

  abandon abnormal aboard above abroad absolute acting action active actor adapt adhere admin advance adverse advice agenda
  album alike alone along aloud already although altogether always amend analog analyse anatomy ancient android angle animate
  anneal annotate announce annoy annual anomaly anonymous another answer antenna anybody anyhow anyone anything anyway
  anywhere archive area arena argue arise array arrive article artist aside aspect assemble asset assign assist assume assure
  asymptote async atlas atom atomic attach attack attain attempt attend attention attribute author automate backoff
  base basis beat become bedrock before began begin behalf behave belong below beneath beside besides beware beyond
  bit board bond boring born bring broadcast browser burst button bypass byte bytes cameo campus canal cancel cancer candidate
  candle canned cannot canonical canvas capable catalog century chosen clone colon column combine comes common component compose
  con condition console constant consult contain content continue conform connect convert copy core corner couple
  daemon data date design did didn diode disable discard do doable document dog doing dollar domain done donor dot double
  doubt down downstream each eager earn east easy edit effort elbow else emit encode end engine enough enter entity entry episode
  equation eraser error evening event everybody everyone everything everywhere exit factory fashion father fault favor
  fewer fifth figure final flatten flavor float focus follow foot footer for forbid force forecast foreground foreign
  foremost forest forever forge forget forgo fork form formal format former forms formula fort forth fortune forum forward
  gather goes going governor handbook handle handout handy happen harbor hard hasattr hash hasten hat hate haven hazard head header
  heap hear heat heater heating heir here herein heritage hero hidden high hill hint hire historical history hit hold holdout
  honor hook hot however human icon ideal idle iffy image import improve inbound inbox income incoming increase indeed index
  indicate individual induce inertia infer inference inferior infinite inform informal information informed infra infuse
  inherent inherit initial inject inline inner input inputs inquiry insert inset inside insight inspect install instance instead
  insure insight intake intend intent interact interest interior interim internal interval into intro invoke inward
  island isolate isolation issue issues italic item items iterate itself jitter jobs join joint justice justify kernel kindly label
  lasso latest latin lesson like likelihood likely likes likewise list lists liter local logic login logoff logon logout lookup
  mailing main makeup manual margin married math matter maybe mayor medium memory mention menu merge mesh metric might mighty minor mission
  mode modes modify moment monitor monthly moreover motion mushroom mustard myself myth nasty nation native nature nearby
  nearest needs nobody node noise none nonlinear norm normal north nose notable notation note notebook noted notes nothing notice
  notify notion noun novel nowhere
  occur odd offer offered offering offense offensive office officer official officially offline offload offset offshore offspring often once oneself ongoing online
  only onset onward opaque open operate operator option oracle oral orange orbit order ordinal ordinary organ organic orient
  origin orphan orthogonal other others otherwise ought ourselves outage outbound outbox outbreak outcome outdoor outer outgoing outlet
  outlier outline outlook output outreach outside outsource outward overall overcome overfit overfitting overflow overhead
  overlap overlay overload overlook overnight override overrun oversample oversampling oversee oversight overuse overview overwrite
  owner pattern people perceptron percent perfect perhaps period permission permit permute persist person perspective pertain
  pipeline plus port portion pose position powers prior problem program project prone proof proto raw reach readonly reason refer reform region
  related reset rest result return risen risk rollout rotation routing sampling sandwich scanner schedule score season second seen
  select selfish sense sentence series setup shallow shell shortage shutdown sign signal similar single sinus sister so sober social soft
  software solar sold sole solid solo solution somebody somehow someone something sometime sometimes somewhat somewhere soon sort sound source
  south sparse speech stand standard start state static startup stationary store story stream strong subset suit sum summary superior
  surface swap switch syntax tabular tailor target taste technical teleport tensor terminator terror than thank
  theater theirs themes themselves thenceforth theorem theological theology theoretical theoretically theory therapist therapy thereafter thereby therefore therein
  thereof thermal thesis thing think third thorough though thought threshold throughput thus ticket tidal timeout today
  together token told tomorrow tone tonic tonight took tool top topic topology total touch tough tour tow toward
  town toxic transform transport trial tutor undergo underfit underfitting underflow underlie underline underlying undermine
  underneath undersample undersampling understanding understood undertake underway union unit universe unless upcoming update
  updates updating upgrade uphold uplift upload upper uprising upsample upscale upset upsert upside upstream uptake uptime
  upward usable usage useful useless user users usual vector vendor version visa visit visitor vulnerable wallet
  wash wasn waste wealth weapon wearable website weight weights welcome welfare went weren wharf whatever
  whatsoever wheat wheel whenever whereas whereby wherein wherever whichever whoever whole wherein wicket willing wine wisdom wish withdraw withdrawal
  withhold without withstand wonder word workaround workload worthless
  yearly young yours yourself youth

   AlphaGo AutoML AWS Azure BERT BigQuery Bitbucket ChatGPT CSS CUDA Databricks DataFrame DeepMind DevOps Django Docker Elasticsearch
  FastAPI FinOps Flask GitHub GitLab Golang Google GPT Gradle Grafana GraphQL Gunicorn Hadoop HTML HuggingFace iOS iPhone iTunes Java
  JavaScript Jenkins Jupyter Kafka Keras Kotlin Kubeflow Kubernetes LangChain LaTeX LightGBM LinkedIn Linux LlamaIndex LLMOps macOS
  MapReduce Matplotlib MLflow MLOps MongoDB MySQL NoSQL NumPy OpenAI OpenCV Oracle Pandas PayPal PostgreSQL PowerShell
  Prometheus PySpark Python PyTorch RabbitMQ React Redis Ruby Scala SciPy Scikit Seaborn Snowflake SQLite StackOverflow
  Swift TensorFlow Terraform TypeScript Ubuntu Unix WebAssembly WebSocket WordPress XGBoost YouTube

  asList forEach fromEntries hasNext inOrder isArray isEmpty isFinite isInstance isNaN ofType onChange onClick toArray toFixed toList
  toLowerCase toString toUpperCase
  `),
);

function words(list: string): string[] {
  return list.split(/\s+/).filter((word) => word !== "");
}
