<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The inputs, the diagnostics, and the foot of the page.  Included by report.xsl. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                exclude-result-prefixes="w d r delta">

 <xsl:template name="provenance">
  <section id="page-provenance" aria-labelledby="page-provenance-h">
   <h2 id="page-provenance-h">Provenance of every input</h2>
   <p>Each file was read once and never written to; all else rests on the bytes with these hashes.</p>
   <table>
    <caption>Inputs</caption>
    <thead><tr><th scope="col">Input</th><th scope="col">File</th><th scope="col">Bytes, SHA-256</th><th scope="col">What it is</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:input">
      <tr id="{@id}">
       <th scope="row" data-label="Input"><xsl:value-of select="@id"/><span class="dim"><xsl:text> </xsl:text><xsl:value-of select="@role"/></span></th>
       <td data-label="File" class="path"><bdi><xsl:value-of select="d:fileobject/d:filename"/></bdi>
        <span class="dim"> changed <xsl:call-template name="time"><xsl:with-param name="at" select="d:fileobject/d:mtime"/></xsl:call-template></span></td>
       <td data-label="Bytes, SHA-256"><xsl:value-of select="d:fileobject/d:filesize"/><xsl:text> </xsl:text>
        <span class="mono hash"><xsl:value-of select="d:fileobject/d:hashdigest"/></span></td>
       <td data-label="What it is"><xsl:apply-templates select="w:hive|w:reg|w:log|w:mapi32|w:listing|w:event_log"/></td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
   <xsl:if test="w:case/w:custody"><xsl:call-template name="custody"/></xsl:if>
   <xsl:if test="w:collection"><xsl:call-template name="collections"/></xsl:if>
  </section>
 </xsl:template>

 <!-- Above all else, so that no stand-in is taken for a name. -->
 <xsl:template match="w:redaction">
  <p id="page-redaction"><strong>Redacted.</strong> Stand-ins such as user-1 or path-2 are in place of
   <xsl:for-each select="w:redacted">
    <xsl:if test="position() &gt; 1">, </xsl:if>
    <xsl:value-of select="@texts"/><xsl:text> </xsl:text><xsl:value-of select="@kind"/>
   </xsl:for-each>
   <xsl:if test="not(w:redacted)">nothing</xsl:if>; raw keys and values, digests of profiles and .reg files are left out. Times, counts, sizes, offsets and hashes of whole files are as they were.</p>
 </xsl:template>

 <!-- What the examiner gave of them: nothing of it comes from the files. -->
 <xsl:template name="custody">
  <table>
   <caption>Custody, as the examiner gave it; nothing of it was read from the files</caption>
   <thead><tr><th scope="col">Given</th><th scope="col">Evidence number</th><th scope="col">Received from</th><th scope="col">Received at</th></tr></thead>
   <tbody>
    <xsl:for-each select="w:case/w:custody">
     <tr>
      <th scope="row" data-label="Given" class="path"><bdi><xsl:value-of select="w:path"/></bdi>
       <xsl:if test="@input"><xsl:text> </xsl:text><xsl:call-template name="link"><xsl:with-param name="to" select="@input"/></xsl:call-template></xsl:if></th>
      <td data-label="Evidence number"><bdi><xsl:value-of select="@evidence_number"/></bdi></td>
      <td data-label="Received from"><bdi><xsl:value-of select="@received_from"/></bdi></td>
      <td data-label="Received at"><bdi><xsl:value-of select="@received_at"/></bdi></td>
     </tr>
    </xsl:for-each>
   </tbody>
  </table>
 </xsl:template>

 <!-- What was looked through, and where the hives lay in it. -->
 <xsl:template name="collections">
  <xsl:for-each select="w:series/w:unpaired"><p><bdi><xsl:value-of select="."/></bdi>.</p></xsl:for-each>
  <table>
   <caption>What was looked through</caption>
   <thead><tr><th scope="col">Given</th><th scope="col">Kind</th><th scope="col">What there was</th></tr></thead>
   <tbody>
    <xsl:for-each select="w:collection">
     <tr>
      <th scope="row" data-label="Given" class="path"><bdi><xsl:value-of select="w:path"/></bdi></th>
      <td data-label="Kind"><xsl:value-of select="@kind"/><xsl:if test="@whole = 0">, not all of it could be looked at</xsl:if></td>
      <td data-label="What there was">
       <xsl:for-each select="w:seen">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:value-of select="@count"/><xsl:text> </xsl:text>
        <xsl:call-template name="words"><xsl:with-param name="code" select="@kind"/></xsl:call-template>
       </xsl:for-each>
       <span class="dim">; <xsl:value-of select="@left"/> of no use here</span>
      </td>
     </tr>
    </xsl:for-each>
   </tbody>
  </table>
  <table>
   <caption>Where the hives lay</caption>
   <thead><tr><th scope="col">Snapshot</th><th scope="col">File</th><th scope="col">By its path</th><th scope="col">Whose, by</th></tr></thead>
   <tbody>
    <xsl:for-each select="w:series/w:snapshot/w:place">
     <tr>
      <th scope="row" data-label="Snapshot"><xsl:value-of select="../@id"/></th>
      <td data-label="File" class="path"><bdi><xsl:value-of select="w:path"/></bdi></td>
      <td data-label="By its path">
       <xsl:call-template name="words"><xsl:with-param name="code" select="@layout"/></xsl:call-template>
       <xsl:if test="@number"><xsl:text> </xsl:text><xsl:value-of select="@number"/></xsl:if>
       <xsl:if test="@drive">, drive <xsl:value-of select="@drive"/></xsl:if>
       <xsl:if test="@user">, folder <bdi><xsl:value-of select="@user"/></bdi></xsl:if>
      </td>
      <td data-label="Whose, by">
       <xsl:call-template name="words"><xsl:with-param name="code" select="@paired_by"/></xsl:call-template>
       <xsl:if test="@conflict">; but <bdi><xsl:value-of select="@conflict"/></bdi></xsl:if>
      </td>
     </tr>
    </xsl:for-each>
   </tbody>
  </table>
 </xsl:template>

 <xsl:template match="w:hive">
  <xsl:text>hive </xsl:text><xsl:value-of select="@version"/><xsl:text>, </xsl:text>
  <xsl:call-template name="badge"><xsl:with-param name="word" select="@state"/></xsl:call-template>
  <span class="dim">
   <xsl:text> sequence </xsl:text><xsl:value-of select="concat(@primary_sequence, '/', @secondary_sequence)"/>
   <xsl:text>, checksum </xsl:text><xsl:value-of select="@checksum"/>
   <xsl:text>, </xsl:text><xsl:call-template name="keys_values"/>
   <xsl:if test="@embedded_name">, calls itself <bdi><xsl:value-of select="@embedded_name"/></bdi></xsl:if>
   <xsl:if test="@last_written">, last written by its header <xsl:call-template name="exact"><xsl:with-param name="at" select="@last_written"/></xsl:call-template></xsl:if>
   <xsl:if test="@newest_key">, newest key <xsl:call-template name="exact"><xsl:with-param name="at" select="@newest_key"/></xsl:call-template></xsl:if>
  </span>
 </xsl:template>

 <xsl:template match="w:reg">
  <xsl:text>.reg export, version </xsl:text><xsl:value-of select="@version"/><xsl:text>, </xsl:text>
  <xsl:call-template name="badge"><xsl:with-param name="word" select="@state"/></xsl:call-template>
  <span class="dim">
   <xsl:text> encoding </xsl:text><xsl:value-of select="@encoding"/>
   <xsl:if test="@root != ''">, of <bdi><xsl:value-of select="@root"/></bdi></xsl:if>
   <xsl:if test="@whole = 0">
    <xsl:text>, in part, branches: </xsl:text><xsl:value-of select="@branches"/>
   </xsl:if>
   <xsl:text>, </xsl:text><xsl:call-template name="keys_values"/>
  </span>
 </xsl:template>

 <xsl:template match="w:mapi32">
  <xsl:text>Mapi32.dll </xsl:text>
  <xsl:value-of select="@version"/>
 </xsl:template>

 <xsl:template match="w:log">
  <xsl:text>log </xsl:text>
  <xsl:call-template name="badge"><xsl:with-param name="word" select="@outcome"/></xsl:call-template>
  <xsl:text> </xsl:text>
  <xsl:call-template name="words"><xsl:with-param name="code" select="@reason"/></xsl:call-template>
  <xsl:if test="@entries">
   <span class="dim">; <xsl:value-of select="@format"/> format, entries <xsl:value-of select="@first_sequence"/> to <xsl:value-of select="@last_sequence"/></span>
  </xsl:if>
 </xsl:template>

 <xsl:template match="w:listing">
  <xsl:call-template name="words"><xsl:with-param name="code" select="@kind"/></xsl:call-template>
  <span class="dim">, <xsl:value-of select="@processes"/> processes, <xsl:value-of select="@encoding"/></span>
 </xsl:template>

 <xsl:template match="w:event_log">
  <xsl:value-of select="@events"/><xsl:text> events</xsl:text>
  <xsl:if test="@format = 'evtx'"> of Windows Vista or later</xsl:if>
  <xsl:if test="@first">
   <span class="dim">, <xsl:call-template name="time"><xsl:with-param name="at" select="@first"/></xsl:call-template> to
    <xsl:call-template name="time"><xsl:with-param name="at" select="@last"/></xsl:call-template></span>
  </xsl:if>
  <xsl:if test="@dirty = 1">, not closed</xsl:if>
  <xsl:if test="@wrapped = 1">, oldest events missing</xsl:if>
 </xsl:template>

 <xsl:template name="diagnostics">
  <section id="page-diagnostics" aria-labelledby="page-diagnostics-h">
   <h2 id="page-diagnostics-h">Diagnostics</h2>
   <xsl:choose>
    <xsl:when test="w:diagnostic">
     <table>
      <caption>What was observed about the evidence itself</caption>
      <thead><tr><th scope="col">Code</th><th scope="col">Severity</th><th scope="col">Where</th><th scope="col">What</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:diagnostic[position() &lt;= $rows]">
        <tr>
         <th scope="row" data-label="Code" class="code"><xsl:value-of select="@code"/></th>
         <td data-label="Severity"><xsl:call-template name="badge"><xsl:with-param name="word" select="@severity"/></xsl:call-template></td>
         <td data-label="Where">
          <xsl:call-template name="link"><xsl:with-param name="to" select="concat(@input, @comparison)"/></xsl:call-template>
          <xsl:if test="@offset"> at byte <xsl:value-of select="@offset"/></xsl:if>
         </td>
         <td data-label="What"><bdi><xsl:value-of select="."/></bdi></td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </xsl:when>
    <xsl:when test="not($sum) or $sum/@exit_status = 2 or @left_out"><p>The page has none of them.</p></xsl:when>
    <xsl:otherwise><p>None: everything that was given could be read, and nothing about it was out of order.</p></xsl:otherwise>
   </xsl:choose>
   <xsl:call-template name="left_out"/>
  </section>
 </xsl:template>

 <xsl:template name="colophon">
  <footer>
   <p>
    <xsl:text>Made from the XML report of </xsl:text>
    <bdi><xsl:value-of select="concat(d:creator/d:program, ' ', d:creator/d:version)"/></bdi>
    <xsl:text>, format </xsl:text><bdi><xsl:value-of select="@version"/></bdi>
    <xsl:text>, begun </xsl:text>
    <xsl:call-template name="exact"><xsl:with-param name="at" select="d:creator/d:execution_environment/d:start_time"/></xsl:call-template>
    <xsl:text> on </xsl:text>
    <bdi><xsl:value-of select="d:creator/d:execution_environment/d:host"/></bdi>
    <xsl:text>. In a dispute the XML report and the bytes count.</xsl:text>
   </p>
   <p class="mono path"><bdi><xsl:value-of select="d:creator/d:execution_environment/d:command_line"/></bdi></p>
   <p>
    <xsl:text>Libraries: </xsl:text>
    <xsl:for-each select="d:creator/d:library">
     <xsl:if test="position() &gt; 1">, </xsl:if>
     <bdi><xsl:value-of select="concat(@name, ' ', @version)"/></bdi>
    </xsl:for-each>
    <xsl:text>. Sandbox while evidence was read: </xsl:text>
    <bdi><xsl:value-of select="d:creator/d:execution_environment/@sandbox"/></bdi>
    <xsl:text>.</xsl:text>
   </p>
   <p>All times are UTC, from the clocks of the machines that wrote them.
    <xsl:if test="w:time_zone/w:offset">
     <xsl:text> Local time stands behind them in brackets, with its offset from UTC: </xsl:text>
     <bdi><xsl:value-of select="w:time_zone/@name"/></bdi>
     <xsl:choose>
      <xsl:when test="w:time_zone/@source = 'system_hive'">, by the rule of the SYSTEM hive when it was saved; rules of other years may have been others.</xsl:when>
      <xsl:otherwise>, as it was named.</xsl:otherwise>
     </xsl:choose>
    </xsl:if>
    <xsl:if test="w:time_zone[not(w:offset)]"> Local time was asked for, but no SYSTEM hive tells a rule of its time zone.</xsl:if>
    Offsets count from the first byte of the file, in decimal:
    <span class="mono">dd if=FILE bs=1 skip=OFFSET count=LENGTH | sha256sum</span> gives the hash beside them.
    Characters that would not show, or would change the order of others, are written as <span class="mono">\u{…}</span>.
    “Not found” means not found, and no more. The page has no script and fetches nothing; on paper, folded parts stay folded.</p>
  </footer>
 </xsl:template>
</xsl:stylesheet>
