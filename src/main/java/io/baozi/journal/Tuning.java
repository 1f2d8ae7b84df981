package io.baozi.journal;

import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RateLimiter;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/**
 * How RocksDB is set: half of the memory for tables in the making, half for blocks that were read,
 * indexes and filters among them. Closed after all that was opened with it.
 */
final class Tuning implements AutoCloseable {
  /** Background writing, which must leave the disk to the forces that answers wait for. */
  private static final long BACKGROUND_BYTES_PER_SECOND = 256L << 20;

  private static final long SYNC_BYTES = 1 << 20;
  private static final int OPEN_FILES = 512;
  private static final int BLOCK = 16 << 10;

  /**
   * Of so many files that are not compacted writes are refused; they are not slowed down before.
   */
  private static final int FILES = 36;

  private final LogBridge log = new LogBridge();
  private final RateLimiter pace = new RateLimiter(BACKGROUND_BYTES_PER_SECOND);
  private final LRUCache cache;
  private final ColumnFamilyOptions family;
  private final DBOptions database;
  private final WriteOptions write = new WriteOptions().setDisableWAL(true).setNoSlowdown(true);
  private final ReadOptions read = new ReadOptions();
  private final ReadOptions onDisk = new ReadOptions().setReadTier(ReadTier.PERSISTED_TIER);

  Tuning(long memory, Opening opening) {
    this.cache = new LRUCache(memory / 2);
    this.family = family(memory);
    this.database = database(memory, opening);
  }

  DBOptions database() {
    return database;
  }

  /** The families in their order. */
  List<ColumnFamilyDescriptor> families() {
    return Stream.of(Family.values())
        .map(each -> new ColumnFamilyDescriptor(each.label(), family))
        .toList();
  }

  /** Writes that come from the {@link Log}, need no other, and are refused, not held up. */
  WriteOptions write() {
    return write;
  }

  ReadOptions read() {
    return read;
  }

  /** Reads what outlives a power cut. */
  ReadOptions onDisk() {
    return onDisk;
  }

  @Override
  public void close() {
    onDisk.close();
    read.close();
    write.close();
    database.close();
    family.close();
    cache.close();
    pace.close();
    log.close();
  }

  private ColumnFamilyOptions family(long memory) {
    return new ColumnFamilyOptions()
        .setWriteBufferSize(memory / 4)
        .setMaxWriteBufferNumber(2)
        .setLevel0SlowdownWritesTrigger(FILES)
        .setLevel0StopWritesTrigger(FILES)
        .setSoftPendingCompactionBytesLimit(0)
        .setTargetFileSizeBase(32L << 20)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(false)
                .setBlockSize(BLOCK));
  }

  /**
   * Families come to disk together, so that what is there is always all up to one write. RocksDB's
   * own log has something in it only if an older version wrote it; what a crash has torn at its end
   * is dropped.
   */
  private DBOptions database(long memory, Opening opening) {
    boolean isStrict = opening == Opening.WHOLE;
    return new DBOptions()
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setAtomicFlush(true)
        .setWalRecoveryMode(
            isStrict
                ? WALRecoveryMode.TolerateCorruptedTailRecords
                : WALRecoveryMode.SkipAnyCorruptedRecords)
        .setParanoidChecks(isStrict)
        .setSkipCheckingSstFileSizesOnDbOpen(!isStrict)
        .setAllowMmapReads(false)
        .setAllowMmapWrites(false)
        .setDbWriteBufferSize(memory / 2)
        .setMaxOpenFiles(OPEN_FILES)
        .setMaxFileOpeningThreads(2)
        .setMaxBackgroundJobs(2)
        .setBytesPerSync(SYNC_BYTES)
        .setRateLimiter(pace)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setMaxManifestFileSize(16L << 20)
        .setKeepLogFileNum(3)
        .setMaxLogFileSize(1 << 20)
        .setLogger(log);
  }
}
